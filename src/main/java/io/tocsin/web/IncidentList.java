package io.tocsin.web;

import io.tocsin.alert.Severity;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentStore;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Incidents, newest first, filtered by the store; the filters are the address. */
final class IncidentList {

  private static final int LISTED = 100;
  private static final int LOOKED_AT = 500;

  private static final String PATH = "/incidents";
  private static final List<String> FILTER = List.of("q", "state", "severity");

  private final ConsolePorts ports;
  private final ConsolePage page;
  private final SavedViewPages views;

  IncidentList(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
    this.views =
        new SavedViewPages(
            PATH, FILTER, ports.work().views(), page, (it, why) -> list(it, 422, Optional.of(why)));
  }

  /** Mount it before the page of one incident. */
  void mount(Router router) {
    page.get(router, PATH, request -> list(request, 200, Optional.empty()));
    page.get(router, "/incidents/acknowledge", request -> ConsolePage.to(PATH));
    page.post(router, "/incidents/acknowledge", this::acknowledge);
    views.mount(router);
  }

  private Reply acknowledge(Request request) {
    var many = new ManyAcknowledged(ports);
    return list(
        request, 200, Optional.of(many.incidents(request, Several.chosen(request, "incident"))));
  }

  private Reply list(Request request, int status, Optional<Several> told) {
    List<Incident.State> states =
        request.query("state").isEmpty()
            ? List.of()
            : request.choices("state", Incident.State.class);
    List<Severity> severities =
        request.query("severity").isEmpty()
            ? List.of()
            : request.choices("severity", Severity.class);
    String words = request.query("q").orElse("");
    int limit = words.isEmpty() ? LISTED + 1 : LOOKED_AT;
    List<Incident> found =
        ports
            .incidents()
            .search(
                new IncidentStore.Filter(
                    states, severities, request.instant("before"), Optional.empty(), limit))
            .stream()
            .filter(incident -> named(incident, words))
            .toList();
    boolean more = found.size() > LISTED;
    List<Incident> shown = more ? found.subList(0, LISTED) : found;
    Optional<Instant> older = more ? Optional.of(shown.getLast().openedAt()) : Optional.empty();
    return page.page(
        status,
        request,
        "console/incidents.jte",
        "Incidents",
        Map.of(
            "incidents",
            shown,
            "older",
            older,
            "address",
            address(request),
            "told",
            told,
            "views",
            views.all(),
            "query",
            SavedViewPages.query(address(request), FILTER),
            "now",
            page.now()));
  }

  private static boolean named(Incident incident, String words) {
    String whole =
        ("#" + incident.number() + " " + incident.title() + " " + incident.components())
            .toLowerCase(Locale.ROOT);
    return whole.contains(words.toLowerCase(Locale.ROOT).strip());
  }

  private static Address address(Request request) {
    var fields = new LinkedHashMap<String, String>();
    for (String name : List.of("q", "state", "severity", "before")) {
      fields.put(name, request.query(name).orElse(""));
    }
    return new Address(PATH, fields);
  }
}
