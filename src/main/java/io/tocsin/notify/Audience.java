package io.tocsin.notify;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Mute;
import io.tocsin.incident.Incident;
import io.tocsin.incident.Page;
import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who hears of an incident: the receivers of its alerts' routes and of the escalation so far. */
final class Audience {
  private final RoutingTree tree;
  private final Receivers receivers;

  Audience(RoutingTree tree, Receivers receivers) {
    this.tree = tree;
    this.receivers = receivers;
  }

  /**
   * One listener.
   *
   * @param conversation what it hears as
   * @param routes by which it came, the first gives its times
   * @param called whether it came by an escalation alone
   * @param pages what the escalation has for it, in order
   * @param split whether it hears of some of the alerts only
   * @param incident the incident as it sees it
   * @param reason why it hears
   */
  record Seat(
      Conversation conversation,
      List<Route> routes,
      boolean called,
      List<Page> pages,
      boolean split,
      Incident incident,
      String reason) {

    Route route() {
      return routes.getFirst();
    }

    /** What keeps it quiet by the hours of all its routes; an escalation is heard at any hour. */
    Optional<Mute.ByTimeInterval> quiet(Instant now) {
      Optional<Mute.ByTimeInterval> first = Optional.empty();
      for (Route route : called ? List.<Route>of() : routes) {
        Optional<Mute.ByTimeInterval> quiet = route.hours().quiet(now);
        if (quiet.isEmpty()) {
          return quiet;
        }
        first = first.or(() -> quiet);
      }
      return first;
    }

    boolean burning() {
      return incident.open() && (!split || incident.alerts().stream().anyMatch(Alert::active));
    }
  }

  RoutingTree tree() {
    return tree;
  }

  List<Seat> of(Incident incident) {
    return of(incident, AlertRoutes.NONE.of(incident.alerts(), tree));
  }

  /** The same with the routes of its alerts already found. */
  List<Seat> of(Incident incident, AlertRoutes found) {
    var seats = new LinkedHashMap<Conversation, Place>();
    // Of alerts that share their only route the first speaks for all.
    Set<Route> spoken = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < incident.alerts().size(); i++) {
      List<Route> routes = found.routes().get(i);
      if (routes.size() > 1 || spoken.add(routes.getFirst())) {
        seat(seats, incident, routes, incident.alerts().get(i));
      }
    }
    if (incident.alerts().isEmpty()) {
      for (Route route : tree.routes(declared(incident))) {
        places(seats, incident, route, Labels.EMPTY);
      }
    }
    var seated = new ArrayList<Seat>();
    Map<Conversation, List<Page>> pages = pages(incident);
    seats.forEach(
        (conversation, place) ->
            seated.add(place.seat(conversation, incident, or(pages.remove(conversation)))));
    pages.forEach(
        (conversation, called) ->
            seated.add(
                new Seat(
                    conversation,
                    List.of(tree.root()),
                    true,
                    called,
                    false,
                    incident,
                    "escalation")));
    return seated;
  }

  private void seat(
      Map<Conversation, Place> seats, Incident incident, List<Route> routes, Alert alert) {
    for (int i = 0; i < routes.size(); i++) {
      Route route = routes.get(i);
      Labels split = i == 0 ? Labels.EMPTY : split(route, alert, incident);
      places(seats, incident, route, split).forEach(place -> place.alerts().add(alert));
    }
  }

  private List<Place> places(
      Map<Conversation, Place> seats, Incident incident, Route route, Labels split) {
    var places = new ArrayList<Place>();
    for (Destination destination : receivers.of(route.receiver())) {
      var conversation = new Conversation(destination, key(incident, split));
      Place place =
          seats.computeIfAbsent(
              conversation, c -> new Place(new ArrayList<>(), !split.isEmpty(), new ArrayList<>()));
      if (!place.routes().contains(route)) {
        place.routes().add(route);
      }
      places.add(place);
    }
    return places;
  }

  private record Place(List<Route> routes, boolean split, List<Alert> alerts) {
    Seat seat(Conversation conversation, Incident incident, List<Page> pages) {
      Incident seen = split ? incident.withAlerts(alerts) : incident;
      String reason = routes.getFirst().describe();
      return new Seat(conversation, routes, false, pages, split, seen, reason);
    }
  }

  /** What the escalation has for each destination. */
  private Map<Conversation, List<Page>> pages(Incident incident) {
    var pages = new LinkedHashMap<Conversation, List<Page>>();
    for (Page page : incident.paging().pages()) {
      for (Destination destination : receivers.of(page.receiver())) {
        pages
            .computeIfAbsent(
                new Conversation(destination, incident.id().value()), c -> new ArrayList<>())
            .add(page);
      }
    }
    return pages;
  }

  private static List<Page> or(@Nullable List<Page> pages) {
    return pages == null ? List.of() : pages;
  }

  /** The group's labels by which a further route parts the incident; none when it does not. */
  private static Labels split(Route route, Alert alert, Incident incident) {
    Labels values = route.groupBy().valuesOf(alert);
    Labels group = incident.group().values();
    for (int i = 0; i < values.size(); i++) {
      if (!group.get(values.name(i)).equals(values.value(i))) {
        return values;
      }
    }
    return Labels.EMPTY;
  }

  private static String key(Incident incident, Labels split) {
    String id = incident.id().value();
    return split.isEmpty() ? id : id + "-" + String.format("%016x", split.fingerprint());
  }

  /** Labels of an incident that a person declared, for the routes to match. */
  private static Labels declared(Incident incident) {
    Labels labels = Labels.of("severity", incident.severity().label());
    return incident.components().isEmpty()
        ? labels
        : labels.with("component", incident.components().getFirst());
  }
}
