package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.incident.NoiseReport;
import io.tocsin.incident.ResponseReport;
import io.tocsin.incident.ResponseReport.By;
import io.tocsin.slo.SlaReport;
import io.vertx.ext.web.Router;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/** Reports: how fast we were, which rules are noise, what was promised and kept. */
public final class ReportRoutes implements Routes {

  private static final String PATH = "/api/v1/reports";
  private static final Duration USUAL = Duration.ofDays(90);
  private final ReportDesk desk;
  private final Blocking blocking;
  private final InstantSource clock;

  public ReportRoutes(ReportDesk desk, Blocking blocking, InstantSource clock) {
    this.desk = desk;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Response(Instant from, Instant to, String by, List<ResponseReport.Row> rows) {}

  private record Noise(Instant from, Instant to, List<NoiseReport.Row> rows) {}

  private record Sla(String month, List<SlaReport.Line> components) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH + "/response").needs(Scope.READ).answersOn(blocking, this::response);
    Operation.get(router, PATH + "/noise").needs(Scope.READ).answersOn(blocking, this::noise);
    Operation.get(router, PATH + "/sla").needs(Scope.READ).answersOn(blocking, this::sla);
  }

  private Reply response(Request request) {
    By by =
        request.query("by").map(text -> Request.choice("by", text, By.class)).orElse(By.SEVERITY);
    Instant to = to(request);
    Instant from = from(request, to);
    List<ResponseReport.Row> rows = desk.response(from, to, by).rows();
    return Reply.json(new Response(from, to, IncidentJson.word(by), rows));
  }

  private Reply noise(Request request) {
    Instant to = to(request);
    Instant from = from(request, to);
    return Reply.json(new Noise(from, to, desk.noise(from, to).rows()));
  }

  private Reply sla(Request request) {
    YearMonth now = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    YearMonth month = request.query("month").map(ReportRoutes::month).orElse(now.minusMonths(1));
    return Reply.json(new Sla(month.toString(), desk.sla(month).lines()));
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeException e) {
      throw Request.wrong("month", text, "a month such as 2026-01");
    }
  }

  private Instant to(Request request) {
    return request.instant("to").orElseGet(clock::instant);
  }

  private static Instant from(Request request, Instant to) {
    Instant from = request.instant("from").orElse(to.minus(USUAL));
    if (!from.isBefore(to)) {
      throw Request.wrong("from", from.toString(), "a time before to");
    }
    return from;
  }
}
