package io.tocsin.web;

import io.tocsin.http.Reply;
import io.tocsin.http.ReportDesk;
import io.tocsin.http.Request;
import io.tocsin.incident.NoiseReport;
import io.tocsin.incident.ResponseReport;
import io.tocsin.incident.ResponseReport.By;
import io.tocsin.slo.SlaReport;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * How fast we were, which rules are noise, what was promised and kept: to read and to take away.
 */
final class ReportPages {

  private static final int USUAL_DAYS = 90;
  private static final int MOST_DAYS = 400;

  private final ConsolePorts ports;
  private final ConsolePage page;

  ReportPages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/reports", this::show);
    page.get(router, "/reports/response.csv", this::responseCsv);
    page.get(router, "/reports/noise.csv", this::noiseCsv);
    page.get(router, "/reports/sla.csv", this::slaCsv);
  }

  private Reply show(Request request) {
    Instant to = page.now();
    Instant from = from(request, to);
    By by = by(request);
    var view =
        new DeskReports(
            by,
            days(request),
            from,
            to,
            desk().response(from, to, by).rows(),
            desk().noise(from, to).rows(),
            sla(request));
    return page.page(request, "console/reports.jte", "Reports", Map.of("view", view));
  }

  private static By by(Request request) {
    return request
        .query("by")
        .map(text -> Request.choice("by", text, By.class))
        .orElse(By.SEVERITY);
  }

  private static int days(Request request) {
    return request.integer("days", USUAL_DAYS, 1, MOST_DAYS);
  }

  private static Instant from(Request request, Instant to) {
    return to.minus(Duration.ofDays(days(request)));
  }

  private SlaReport sla(Request request) {
    YearMonth now = YearMonth.from(page.now().atOffset(ZoneOffset.UTC));
    YearMonth month = request.query("month").map(ReportPages::month).orElse(now.minusMonths(1));
    return desk().sla(month);
  }

  private ReportDesk desk() {
    return new ReportDesk(ports.incidents(), ports.work().uptime());
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException e) {
      throw Request.wrong("month", text, "a month such as 2026-01");
    }
  }

  private Reply responseCsv(Request request) {
    By by = by(request);
    var csv = new CsvText(by.name().toLowerCase(java.util.Locale.ROOT), "incidents");
    csv.head("mttd_seconds", "mtta_seconds", "first_public_update_seconds");
    csv.head("mttr_seconds", "mtbf_seconds");
    for (ResponseReport.Row row :
        desk().response(from(request, page.now()), page.now(), by).rows()) {
      csv.row(
          row.value(),
          row.incidents(),
          CsvText.seconds(row.mttd()),
          CsvText.seconds(row.mtta()),
          CsvText.seconds(row.firstPublicUpdate()),
          CsvText.seconds(row.mttr()),
          CsvText.seconds(row.mtbf()));
    }
    return file("response", csv);
  }

  private Reply noiseCsv(Request request) {
    var csv = new CsvText("rule", "incidents", "alerts", "acknowledged");
    csv.head("ended_short", "never_acted_on");
    for (NoiseReport.Row row : desk().noise(from(request, page.now()), page.now()).rows()) {
      csv.row(
          row.rule(),
          row.incidents(),
          row.alerts(),
          row.acknowledged(),
          row.endedShort(),
          row.neverActedOn());
    }
    return file("noise", csv);
  }

  private Reply slaCsv(Request request) {
    SlaReport report = sla(request);
    var csv = new CsvText("month", "component", "uptime", "down_seconds", "unknown_seconds");
    csv.head("maintenance_seconds", "tier", "target", "met", "credit");
    for (SlaReport.Line line : report.lines()) {
      for (SlaReport.Promise promise : line.promises()) {
        csv.row(
            report.month(),
            line.component(),
            line.uptime().isPresent() ? line.uptime().getAsDouble() : "",
            line.downSeconds(),
            line.unknownSeconds(),
            line.maintenanceSeconds(),
            promise.tier(),
            promise.target(),
            promise.met(),
            promise.credit());
      }
    }
    return file("sla-" + report.month(), csv);
  }

  private static Reply file(String name, CsvText csv) {
    return Reply.of(200, "text/csv; charset=utf-8", Buffer.buffer(csv.toString()))
        .with("Cache-Control", "no-store")
        .with("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
  }
}
