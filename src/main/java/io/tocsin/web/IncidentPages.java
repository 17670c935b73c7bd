package io.tocsin.web;

import io.tocsin.access.Scope;
import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Phase;
import io.tocsin.incident.UpdateDrafts;
import io.tocsin.postmortem.AlertGraph;
import io.tocsin.postmortem.SvgChart;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An incident's page: what is known of it, its graphs, and words for people about it. */
final class IncidentPages {

  private static final int LONGEST_TEXT = 10_000;
  private static final Duration KEPT = Duration.ofSeconds(20);

  /** Who reads an update. */
  private enum Audience {
    INTERNAL,
    PUBLIC
  }

  private final ConsolePorts ports;
  private final ConsolePage page;
  private final IncidentActs acts;

  IncidentPages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
    this.acts = new IncidentActs(ports, page, this::refused);
  }

  void mount(Router router) {
    page.get(router, "/incidents/new", request -> declare(request, 200, ""));
    page.get(router, "/incidents/:id", request -> show(request, 200, ""));
    page.get(
        router,
        "/incidents/:id/live",
        request -> page.part("console/incident-live.jte", Map.of("view", view(request))));
    page.get(router, "/incidents/:id/spark.svg", this::spark);
    page.get(router, "/incidents/:id/graph-:number.svg", this::drawing);
    page.get(router, "/incidents/:id/graph-:number.json", this::points);
    page.ask(router, "/incidents/:id/preview", this::preview);
    page.post(router, "/incidents/:id/update", Scope.COMMUNICATE, this::update);
    acts.mount(router);
  }

  /** The incident named in the path. */
  static IncidentId id(Request request) {
    try {
      return new IncidentId(request.path("id"));
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound(String.valueOf(e.getMessage()));
    }
  }

  private IncidentView view(Request request) {
    IncidentId id = id(request);
    return IncidentView.read(ports, id, request, page.now()).orElseThrow(() -> absent(id));
  }

  static ProblemException absent(IncidentId id) {
    return ProblemException.notFound("there is no incident " + id);
  }

  private Reply refused(Request request, int status, String trouble) {
    return request.context().pathParams().containsKey("id")
        ? show(request, status, trouble)
        : declare(request, status, trouble);
  }

  private Reply declare(Request request, int status, String trouble) {
    var typed = new HashMap<String, String>();
    for (String field : List.of("title", "severity", "components")) {
      typed.put(field, request.query(field).orElse(""));
    }
    return page.page(
        status,
        request,
        "console/declare.jte",
        "Declare an incident",
        Map.of("typed", typed, "trouble", trouble, "components", components()));
  }

  private List<String> components() {
    return ports.checks().get().stream().map(CheckRow::component).distinct().sorted().toList();
  }

  /** The page, with what went wrong with the last command, if anything. */
  private Reply show(Request request, int status, String trouble) {
    IncidentView view = view(request);
    String title = "#" + view.incident().number() + " " + view.incident().title();
    return page.page(
        status,
        request,
        "console/incident.jte",
        title,
        Map.of(
            "view",
            view,
            "findings",
            FindingView.of(ports.findings().apply(view.incident())),
            "beside",
            IncidentContext.read(ports, view.incident(), page.now()),
            "composer",
            composer(request, view.incident(), !trouble.isEmpty()),
            "trouble",
            trouble));
  }

  /** What the composer holds: what was typed, or the template that was asked for. */
  private static Composer composer(Request request, Incident incident, boolean kept) {
    List<UpdateDrafts.Draft> drafts = UpdateDrafts.of(incident);
    Optional<Phase> asked =
        request
            .query("template")
            .map(text -> Request.choice("template", text, Phase.class))
            .or(
                () ->
                    kept
                        ? request
                            .query("phase")
                            .map(text -> Request.choice("phase", text, Phase.class))
                        : Optional.empty());
    String text = kept ? typed(request) : "";
    if (request.query("template").isPresent()) {
      text =
          drafts.stream()
              .filter(draft -> asked.filter(draft.phase()::equals).isPresent())
              .map(UpdateDrafts.Draft::text)
              .findFirst()
              .orElse("");
    }
    boolean isPublic = request.query("audience").filter("public"::equals).isPresent();
    return new Composer(asked.orElse(incident.phase()), isPublic, text, drafts);
  }

  private static String typed(Request request) {
    return request.query("text").orElse("");
  }

  /** The words as customers would see them, and what is against the owner's rules in them. */
  private Reply preview(Request request) {
    IncidentView view = view(request);
    String text = typed(request).strip();
    Phase phase = Request.choice("phase", request.required("phase"), Phase.class);
    Audience audience = Request.choice("audience", request.required("audience"), Audience.class);
    return page.part(
        "console/preview.jte",
        Map.of(
            "incident",
            view.incident(),
            "phase",
            phase,
            "text",
            text,
            "isPublic",
            audience == Audience.PUBLIC,
            "warnings",
            text.isEmpty() ? List.of() : UpdateDrafts.warnings(phase, text),
            "now",
            page.now()));
  }

  private Reply update(Request request) {
    String text = typed(request).strip();
    Optional<String> wrong =
        text.isEmpty()
            ? Optional.of("The update has no text yet.")
            : text.length() > LONGEST_TEXT
                ? Optional.of("The update is longer than " + LONGEST_TEXT + " characters.")
                : text.contains(" ... ") || text.endsWith("... .")
                    ? Optional.of("The template's gaps (...) are still to be filled in.")
                    : Optional.empty();
    if (wrong.isPresent()) {
      return ConsolePage.asksForPart(request)
          ? Toast.trouble(wrong.get()).reply(422)
          : show(request, 422, wrong.get());
    }
    Phase phase = Request.choice("phase", request.required("phase"), Phase.class);
    Audience audience = Request.choice("audience", request.required("audience"), Audience.class);
    boolean isPublic = audience == Audience.PUBLIC;
    return acts.ask(
        request,
        new IncidentCommand.PostUpdate(phase, isPublic, text),
        isPublic ? "Public update posted" : "Update posted",
        Optional.empty());
  }

  private Reply spark(Request request) {
    IncidentId id = id(request);
    Incident incident =
        ports.work().open().get().stream()
            .filter(open -> open.id().equals(id))
            .findFirst()
            .or(() -> ports.incidents().find(id))
            .orElseThrow(() -> absent(id));
    String svg =
        incident.alerts().stream()
            .min(Comparator.comparing(Alert::active).reversed().thenComparing(Alert::severity))
            .flatMap(alert -> graph(alert, incident).map(graph -> Sparkline.draw(alert, graph)))
            .orElseGet(Sparkline::none);
    return ConsolePage.drawing(svg, KEPT);
  }

  private Optional<AlertGraph> graph(Alert alert, Incident incident) {
    Instant end = incident.resolvedAt().orElseGet(page::now);
    return ports.work().graphs().apply(alert, end);
  }

  private record Graph(Alert alert, AlertGraph graph) {}

  private Graph graph(Request request) {
    IncidentId id = id(request);
    Incident incident = ports.incidents().find(id).orElseThrow(() -> absent(id));
    String number = request.path("number");
    int at = number.matches("\\d{1,4}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
    if (at >= incident.alerts().size()) {
      throw ProblemException.notFound("there is no graph " + number);
    }
    Alert alert = incident.alerts().get(at);
    return new Graph(
        alert,
        graph(alert, incident)
            .orElseThrow(() -> ProblemException.notFound("its samples are not kept")));
  }

  private Reply drawing(Request request) {
    Graph found = graph(request);
    return ConsolePage.drawing(SvgChart.draw(found.alert, found.graph), KEPT);
  }

  private Reply points(Request request) {
    Graph found = graph(request);
    return Reply.json(ChartJson.of(found.alert, found.graph)).with("Cache-Control", "no-store");
  }

  /** Severities as a form offers them. */
  static List<Severity> severities() {
    return List.of(Severity.values());
  }
}
