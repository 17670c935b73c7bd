package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.rule.drift.Finding;
import io.tocsin.rule.drift.FindingStore;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What drift rules found: alerts, and changes for the better. */
public final class FindingRoutes implements Routes {

  private static final String PATH = "/api/v1/drift/findings";
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 500;

  private final FindingStore store;
  private final IncidentStore incidents;
  private final Function<Incident, List<Finding>> ofIncident;
  private final Blocking blocking;

  /**
   * @param ofIncident what was found for an incident's alerts; may block
   */
  public FindingRoutes(
      FindingStore store,
      IncidentStore incidents,
      Function<Incident, List<Finding>> ofIncident,
      Blocking blocking) {
    this.store = store;
    this.incidents = incidents;
    this.ofIncident = ofIncident;
    this.blocking = blocking;
  }

  private record Page(List<FindingJson> findings) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::list);
    Operation.get(router, "/api/v1/incidents/:id/findings")
        .needs(Scope.READ)
        .answersOn(blocking, this::ofIncident);
  }

  private Reply ofIncident(Request request) {
    IncidentId id = request.incident();
    Incident incident =
        incidents
            .find(id)
            .orElseThrow(() -> ProblemException.notFound("there is no incident " + id));
    return Reply.json(page(ofIncident.apply(incident)));
  }

  private static Page page(List<Finding> findings) {
    return new Page(findings.stream().map(FindingJson::of).toList());
  }

  private Reply list(Request request) {
    var filter =
        new FindingStore.Filter(
            request.query("model"),
            request.query("rule"),
            Optional.empty(),
            request.instant("from"),
            request.instant("to"),
            request.integer("limit", PAGE, 1, MAX_PAGE));
    return Reply.json(page(store.search(filter)));
  }
}
