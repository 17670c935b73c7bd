package io.tocsin.notify;

import io.tocsin.alert.Alert;
import java.util.ArrayList;
import java.util.List;

/**
 * The routes of each alert of an incident, in the order of its alerts. An incident that grows keeps
 * what was found for those it had: matching ten thousand again for the sake of one takes long.
 *
 * @param alerts an incident's alerts
 * @param routes of each, at least one
 */
record AlertRoutes(List<Alert> alerts, List<List<Route>> routes) {

  static final AlertRoutes NONE = new AlertRoutes(List.of(), List.of());

  /** Those of other alerts, most of them the same ones at the same place. */
  AlertRoutes of(List<Alert> others, RoutingTree tree) {
    var found = new ArrayList<List<Route>>(others.size());
    for (int i = 0; i < others.size(); i++) {
      Alert alert = others.get(i);
      boolean known = i < alerts.size() && alerts.get(i).equals(alert);
      found.add(known ? routes.get(i) : tree.routes(alert));
    }
    return new AlertRoutes(others, found);
  }
}
