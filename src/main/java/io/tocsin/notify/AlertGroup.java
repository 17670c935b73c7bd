package io.tocsin.notify;

import io.tocsin.alert.MarkedAlert;
import io.tocsin.label.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Firing alerts of one route with equal group labels, as Alertmanager shows them: an alert that
 * several routes take is in as many groups.
 *
 * @param receiver who gets the group
 * @param labels what its alerts have in common
 * @param alerts its alerts with what mutes each
 */
public record AlertGroup(String receiver, Labels labels, List<MarkedAlert> alerts) {
  public AlertGroup {
    alerts = List.copyOf(alerts);
  }

  private record Place(String path, String receiver, Labels labels) {}

  /** All groups, by their labels, then by receiver. */
  public static List<AlertGroup> of(RoutingTree tree, List<MarkedAlert> firing) {
    var groups = new LinkedHashMap<Place, List<MarkedAlert>>();
    for (MarkedAlert marked : firing) {
      for (Route route : tree.routes(marked.alert())) {
        Labels values = route.groupBy().valuesOf(marked.alert());
        groups
            .computeIfAbsent(
                new Place(route.path(), route.receiver(), values), place -> new ArrayList<>())
            .add(marked);
      }
    }
    return groups.entrySet().stream()
        .map(entry -> group(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(AlertGroup::labels).thenComparing(AlertGroup::receiver))
        .toList();
  }

  private static AlertGroup group(Place place, List<MarkedAlert> alerts) {
    return new AlertGroup(place.receiver, place.labels, alerts);
  }
}
