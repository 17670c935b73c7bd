package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ReportHtml;
import io.tocsin.model.report.ReportMarkdown;
import io.tocsin.model.report.ReportStore;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Models' daily reports as JSON, Markdown or HTML, and one made on demand. */
public final class ModelReportRoutes implements Routes {

  private static final String PATH = "/api/v1/models/:name/reports";
  private static final String LATEST = "latest";
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
  private static final int USUAL = 30;

  /** The page has its styles in its elements and needs nothing else. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final Models models;
  private final ReportStore reports;
  private final Function<ModelWatch, ModelReport> make;
  private final Blocking blocking;

  /**
   * @param make makes the report of the day that goes on and keeps it
   */
  public ModelReportRoutes(
      Models models,
      ReportStore reports,
      Function<ModelWatch, ModelReport> make,
      Blocking blocking) {
    this.models = models;
    this.reports = reports;
    this.make = make;
    this.blocking = blocking;
  }

  private record Days(List<LocalDate> days, Optional<LocalDate> next) {}

  /** What a report may be written in. */
  private enum Format {
    JSON("application/json"),
    MD("text/markdown; charset=utf-8"),
    HTML("text/html; charset=utf-8");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    Reply reply(ModelReport report) {
      return switch (this) {
        case JSON -> Reply.json(report);
        case MD -> Reply.of(200, mediaType, Buffer.buffer(ReportMarkdown.of(report)));
        case HTML ->
            Reply.of(200, mediaType, Buffer.buffer(ReportHtml.of(report, Optional.empty())))
                .with("Content-Security-Policy", POLICY);
      };
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::days);
    Operation.post(router, PATH).needs(Scope.RESPOND).answersOn(blocking, this::make);
    Operation.get(router, PATH + "/:day").needs(Scope.READ).answersOn(blocking, this::report);
  }

  private Reply days(Request request) {
    String model = known(request).spec().name();
    Optional<LocalDate> before = request.query("before").map(text -> day("before", text));
    int limit = request.integer("limit", USUAL, 1, ReportStore.KEPT_DAYS);
    List<LocalDate> all =
        reports.days(model).stream()
            .filter(day -> before.isEmpty() || day.isBefore(before.get()))
            .toList();
    List<LocalDate> page = all.stream().limit(limit).toList();
    return Reply.json(
        new Days(page, all.size() > page.size() ? Optional.of(page.getLast()) : Optional.empty()));
  }

  private Reply make(Request request) {
    ModelReport report = make.apply(known(request));
    return Reply.created(request.rawPath() + "/" + report.day(), report);
  }

  private Reply report(Request request) {
    String model = known(request).spec().name();
    Format format = format(request);
    String day = request.path("day");
    Optional<ModelReport> found =
        day.equals(LATEST)
            ? reports.latest(model, LAST, 1).stream().findFirst()
            : reports.find(model, day("day", day));
    return found
        .map(format::reply)
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    day.equals(LATEST)
                        ? "model " + model + " has no report yet"
                        : "model " + model + " has no report of " + day))
        .with("Vary", "Accept");
  }

  /** As the query says, else the first of the accepted media types that there is. */
  private static Format format(Request request) {
    Optional<String> asked = request.query("format");
    if (asked.isPresent()) {
      return Request.choice("format", asked.get(), Format.class);
    }
    List<MIMEHeader> accepted = request.context().parsedHeaders().accept();
    if (accepted.isEmpty()) {
      return Format.JSON;
    }
    for (MIMEHeader one : accepted) {
      switch (one.component() + "/" + one.subComponent()) {
        case "application/json", "application/*", "*/*" -> {
          return Format.JSON;
        }
        case "text/markdown" -> {
          return Format.MD;
        }
        case "text/html", "text/*" -> {
          return Format.HTML;
        }
        default -> {
          // the next one may do
        }
      }
    }
    throw ProblemException.of(
        406, "expected Accept: application/json, text/markdown or text/html; or ?format=");
  }

  private static LocalDate day(String name, String text) {
    try {
      if (text.length() == LAST.toString().length()) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException e) {
      // said below, as of any other text
    }
    throw Request.wrong(
        name, text, "a day such as 2026-01-31" + (name.equals("day") ? ", or latest" : ""));
  }

  private ModelWatch known(Request request) {
    String name = request.path("name");
    return models
        .find(name)
        .orElseThrow(() -> ProblemException.notFound("there is no model " + name));
  }
}
