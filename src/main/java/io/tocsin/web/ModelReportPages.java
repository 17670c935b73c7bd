package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.model.health.Measures;
import io.tocsin.model.report.ModelReport;
import io.vertx.ext.web.Router;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The reports that are kept of a model: their days, and one of them. */
final class ModelReportPages {

  private static final int LISTED = 50;
  private static final int INPUTS = 50;

  private final ModelPorts models;
  private final ConsolePage page;

  ModelReportPages(ModelPorts models, ConsolePage page) {
    this.models = models;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/models/:name/reports", this::list);
    page.get(router, "/models/:name/reports/:day", this::show);
  }

  /** What accuracy is held against; empty for a model that answers with numbers. */
  static OptionalDouble target(Measures measures) {
    return measures.classes()
        ? OptionalDouble.of(measures.spec().targets().accuracy())
        : OptionalDouble.empty();
  }

  private Reply list(Request request) {
    String model = ModelPages.known(models, request).spec().name();
    Slice<LocalDate> days = Slice.of(models.reports().days(model), request, LISTED);
    List<ModelReport> reports = new ArrayList<>();
    if (!days.rows().isEmpty()) {
      reports =
          models.reports().latest(model, days.rows().getFirst().plusDays(1), days.rows().size());
    }
    var slice = new Slice<>(reports, days.page(), days.size(), days.total());
    var fields = new LinkedHashMap<String, String>();
    fields.put("page", request.query("page").orElse(""));
    return page.page(
        request,
        "console/model-reports.jte",
        "Reports of " + model,
        Map.of(
            "model",
            model,
            "slice",
            slice,
            "address",
            new Address(ModelLine.path(model) + "/reports", fields)));
  }

  private Reply show(Request request) {
    var watch = ModelPages.known(models, request);
    String model = watch.spec().name();
    LocalDate day = day(request.path("day"));
    ModelReport report =
        models
            .reports()
            .find(model, day)
            .orElseThrow(
                () ->
                    ProblemException.notFound(
                        "no report of %s on %s is kept".formatted(model, day)));
    OptionalDouble target =
        models
            .health()
            .find(model, page.now())
            .map(health -> target(health.measures()))
            .orElse(OptionalDouble.empty());
    List<LocalDate> days = models.reports().days(model);
    var fields = new LinkedHashMap<String, String>();
    for (String name : List.of("q", "inputs", "page")) {
      fields.put(name, request.query(name).orElse(""));
    }
    var parameters = new HashMap<String, Object>();
    parameters.put("model", model);
    parameters.put("report", new ReportView(report, target));
    parameters.put(
        "inputs", Slice.of(ModelPages.inputs(request, report.inputs()), request, INPUTS));
    parameters.put("before", days.stream().filter(other -> other.isBefore(day)).findFirst());
    parameters.put(
        "after", days.reversed().stream().filter(other -> other.isAfter(day)).findFirst());
    parameters.put("address", new Address(ModelLine.path(model) + "/reports/" + day, fields));
    return page.page(
        request, "console/model-report.jte", "Report of " + model + ", " + day, parameters);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException wrong) {
      throw Request.wrong("day", text, "a day such as 2026-11-21");
    }
  }
}
