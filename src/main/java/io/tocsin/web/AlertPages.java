package io.tocsin.web;

import io.tocsin.access.Scope;
import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Severity;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every alert that breaches, filtered on the server; the filters are the address. */
final class AlertPages {

  private static final int LISTED = 100;
  private static final String PATH = "/alerts";
  private static final List<String> FILTER = List.of("q", "state", "severity");

  private final ConsolePorts ports;
  private final ConsolePage page;
  private final SavedViewPages views;

  /** What an alert does. */
  private enum State {
    FIRING,
    MUTED,
    PENDING
  }

  AlertPages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
    this.views =
        new SavedViewPages(
            PATH, FILTER, ports.work().views(), page, (it, why) -> list(it, 422, Optional.of(why)));
  }

  void mount(Router router) {
    page.get(router, PATH, request -> list(request, 200, Optional.empty()));
    page.get(router, "/alerts/acknowledge", request -> ConsolePage.to(PATH));
    page.post(router, "/alerts/acknowledge", this::acknowledge);
    views.mount(router);
  }

  private Reply acknowledge(Request request) {
    var many = new ManyAcknowledged(ports);
    return list(request, 200, Optional.of(many.alerts(request, Several.chosen(request, "alert"))));
  }

  private Reply list(Request request, int status, Optional<Several> told) {
    var parameters = new LinkedHashMap<String, Object>();
    parameters.put("slice", Slice.of(found(request), request, LISTED));
    parameters.put("address", address(request));
    parameters.put("now", page.now());
    parameters.put("chooses", Scope.allows(request.principal().scopes(), Scope.RESPOND));
    if (ConsolePage.asksForPart(request)) {
      return page.part("console/alerts-live.jte", parameters);
    }
    parameters.put("told", told);
    parameters.put("views", views.all());
    parameters.put("query", SavedViewPages.query(address(request), FILTER));
    return page.page(status, request, "console/alerts.jte", "Alerts", parameters);
  }

  /** Everything that breaches: what fires with what mutes it, and what waits. */
  static List<MarkedAlert> all(AlertView alerts) {
    var all = new ArrayList<>(alerts.firing());
    for (Alert alert : alerts.pending()) {
      all.add(new MarkedAlert(alert, List.of()));
    }
    return List.copyOf(all);
  }

  private List<MarkedAlert> found(Request request) {
    String words = request.query("q").orElse("").toLowerCase(Locale.ROOT).strip();
    Optional<State> state =
        request.query("state").map(text -> Request.choice("state", text, State.class));
    Optional<Severity> severity =
        request.query("severity").map(text -> Request.choice("severity", text, Severity.class));
    return all(ports.alerts()).stream()
        .filter(marked -> state.isEmpty() || state.get() == state(marked))
        .filter(marked -> severity.isEmpty() || severity.get() == marked.alert().severity())
        .filter(marked -> words.isEmpty() || named(marked.alert(), words))
        .sorted(
            Comparator.comparing((MarkedAlert marked) -> marked.alert().severity())
                .thenComparing(marked -> state(marked))
                .thenComparing(marked -> marked.alert().activeSince()))
        .toList();
  }

  private static State state(MarkedAlert marked) {
    if (marked.alert().phase() == Alert.Phase.PENDING) {
      return State.PENDING;
    }
    return marked.audible() ? State.FIRING : State.MUTED;
  }

  private static boolean named(Alert alert, String words) {
    return (alert.summary() + " " + alert.labels()).toLowerCase(Locale.ROOT).contains(words);
  }

  private static Address address(Request request) {
    var fields = new LinkedHashMap<String, String>();
    for (String name : List.of("q", "state", "severity", "page")) {
      fields.put(name, request.query(name).orElse(""));
    }
    return new Address(PATH, fields);
  }
}
