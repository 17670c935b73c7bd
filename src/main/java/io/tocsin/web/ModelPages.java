package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.health.HealthState;
import io.tocsin.model.health.ModelHealth;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ModelReport.Input;
import io.tocsin.model.report.ModelReport.State;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The watched models, and one of them as it stands. */
final class ModelPages {

  private static final int LISTED = 50;
  private static final int INPUTS = 50;

  private final ConsolePorts ports;
  private final ModelPorts models;
  private final ConsolePage page;

  ModelPages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.models = ports.models();
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/models", this::list);
    page.get(router, "/models/:name", this::show);
    new ModelInputPage(models, ports.work().reader(), page).mount(router);
    new ModelReportPages(models, page).mount(router);
  }

  private Reply list(Request request) {
    String words = request.query("q").orElse("").toLowerCase(Locale.ROOT).strip();
    List<HealthState> states =
        request.query("state").isEmpty() ? List.of() : request.choices("state", HealthState.class);
    List<ModelHealth> all = models.health().all(page.now());
    List<ModelHealth> found =
        all.stream()
            .filter(one -> one.model().toLowerCase(Locale.ROOT).contains(words))
            .filter(one -> states.isEmpty() || states.contains(one.state()))
            .sorted(Comparator.comparing(ModelHealth::state).thenComparing(ModelHealth::model))
            .toList();
    Slice<ModelHealth> slice = Slice.of(found, request, LISTED);
    var parameters = new HashMap<String, Object>();
    parameters.put(
        "slice",
        new Slice<>(
            slice.rows().stream().map(this::line).toList(),
            slice.page(),
            slice.size(),
            slice.total()));
    parameters.put("watched", all.size());
    parameters.put("address", address("/models", request, "state"));
    return ConsolePage.asksForPart(request)
        ? page.part("console/models-live.jte", parameters)
        : page.page(request, "console/models.jte", "Models", parameters);
  }

  private ModelLine line(ModelHealth health) {
    LocalDate tomorrow = LocalDate.ofInstant(page.now().plus(Duration.ofDays(2)), ZoneOffset.UTC);
    return new ModelLine(
        health, models.reports().latest(health.model(), tomorrow, 1).stream().findFirst());
  }

  private static Address address(String path, Request request, String filter) {
    var fields = new LinkedHashMap<String, String>();
    for (String name : List.of("q", filter, "page")) {
      fields.put(name, request.query(name).orElse(""));
    }
    return new Address(path, fields);
  }

  /** What is watched under a name; 404 for none. */
  static ModelWatch known(ModelPorts models, Request request) {
    String name = request.path("name");
    return models
        .models()
        .find(name)
        .orElseThrow(() -> ProblemException.notFound("there is no model " + name));
  }

  private Reply show(Request request) {
    ModelWatch watch = known(models, request);
    ModelHealth health =
        models
            .health()
            .find(watch.spec().name(), page.now())
            .orElseThrow(() -> ProblemException.notFound("there is no such model any more"));
    ModelReport today = models.today().apply(watch);
    ModelView view = view(request, health, today);
    Map<String, Object> parameters =
        Map.of(
            "view",
            view,
            "report",
            new ReportView(today, ModelReportPages.target(health.measures())));
    return ConsolePage.asksForPart(request)
        ? page.part("console/model-live.jte", parameters)
        : page.page(request, "console/model.jte", view.model(), parameters);
  }

  private ModelView view(Request request, ModelHealth health, ModelReport today) {
    String model = health.model();
    Slice<Input> inputs = Slice.of(inputs(request, health.measures().inputs()), request, INPUTS);
    List<Alert> alerts =
        Stream.concat(
                ports.alerts().firing().stream().map(MarkedAlert::alert),
                ports.alerts().pending().stream())
            .filter(alert -> alert.labels().get("model").equals(model))
            .sorted(Comparator.comparing(Alert::severity))
            .toList();
    return new ModelView(
        page.now(),
        health,
        today,
        inputs,
        new ModelSparks(ports.work().reader())
            .of(model, inputs.rows().stream().map(Input::name).toList(), page.now()),
        incidents(model),
        alerts,
        ModelWatcher.of(model, ports, alerts, page.now()),
        models.reports().days(model),
        models.grafana(),
        address(ModelLine.path(model), request, "inputs"));
  }

  /** Inputs whose name has the words, of the state that was asked for. */
  static List<Input> inputs(Request request, List<Input> all) {
    String words = request.query("q").orElse("").toLowerCase(Locale.ROOT).strip();
    String state = request.query("inputs").orElse("");
    return all.stream()
        .filter(input -> input.name().toLowerCase(Locale.ROOT).contains(words))
        .filter(
            input ->
                switch (state) {
                  case "moved" -> bad(input.state());
                  case "broken" -> bad(input.quality());
                  case "unknown" -> input.state() == State.INSUFFICIENT_DATA;
                  default -> true;
                })
        .toList();
  }

  private static boolean bad(State state) {
    return state == State.WARNING || state == State.CRITICAL;
  }

  private List<Incident> incidents(String model) {
    return ports.work().open().get().stream()
        .filter(
            incident ->
                incident.alerts().stream()
                    .anyMatch(alert -> alert.labels().get("model").equals(model)))
        .sorted(Comparator.comparing(Incident::severity).thenComparing(Incident::openedAt))
        .toList();
  }

  /** The models that alerts of an incident are about. */
  static List<String> of(Incident incident, ModelPorts models) {
    return incident.alerts().stream()
        .filter(alert -> alert.labels().has("model"))
        .map(alert -> alert.labels().get("model"))
        .distinct()
        .filter(model -> models.models().find(model).isPresent())
        .sorted()
        .toList();
  }
}
