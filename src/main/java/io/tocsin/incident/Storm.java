package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Correlation by time: where many groups of a route break at once, the worst get incidents of their
 * own and the rest share one, so that a thousand alerts are few messages. A group stays with the
 * storm's incident while that is open.
 */
final class Storm {

  private static final String LABEL = "storm";

  private final Grouping grouping;
  private final StormPolicy policy;

  Storm(Grouping grouping) {
    this.grouping = grouping;
    this.policy = grouping.storm();
  }

  /** Whether a group is that of a storm. */
  static boolean is(GroupKey group) {
    return group.values().has(LABEL);
  }

  private static GroupKey group(String route) {
    return new GroupKey(route, Labels.of(LABEL, "true"));
  }

  /** The groups with those that are too many put together, worst alerts first as given. */
  Map<GroupKey, List<Alert>> fold(
      Map<GroupKey, List<Alert>> newcomers, Recorder recorder, Instant now) {
    if (policy.groups() == 0 || newcomers.isEmpty()) {
      return newcomers;
    }
    var folded = new LinkedHashMap<GroupKey, List<Alert>>();
    Map<String, Integer> begun = begun(recorder, now);
    Set<GroupKey> open = new HashSet<>();
    recorder.open().forEach(incident -> open.add(incident.group()));
    // Found only when asked for: while a storm blows nobody gets an incident of their own anyway.
    var swept = new Swept(recorder);
    newcomers.forEach(
        (group, alerts) -> {
          boolean fixed = open.contains(group) || !grouping.foldable(alerts.getFirst());
          boolean own = fixed || room(begun, group) && !swept.has(group);
          if (own && !fixed) {
            begun.merge(group.route(), 1, Integer::sum);
          }
          folded
              .computeIfAbsent(own ? group : group(group.route()), key -> new ArrayList<>())
              .addAll(alerts);
        });
    return folded;
  }

  /** How many incidents of each route began lately. */
  private Map<String, Integer> begun(Recorder recorder, Instant now) {
    var begun = new HashMap<String, Integer>();
    Instant since = now.minus(policy.within());
    for (Incident incident : recorder.open()) {
      if (incident.openedAt().isAfter(since) && !is(incident.group())) {
        begun.merge(incident.group().route(), 1, Integer::sum);
      }
    }
    return begun;
  }

  private boolean room(Map<String, Integer> begun, GroupKey group) {
    return begun.getOrDefault(group.route(), 0) < policy.groups();
  }

  /** The groups that the open storms have taken. */
  private final class Swept {
    private final Recorder recorder;
    private final Set<GroupKey> groups = new HashSet<>();
    private boolean known;

    Swept(Recorder recorder) {
      this.recorder = recorder;
    }

    boolean has(GroupKey group) {
      if (!known) {
        recorder.open().stream()
            .filter(incident -> is(incident.group()))
            .flatMap(incident -> incident.alerts().stream())
            .forEach(alert -> groups.add(grouping.groupOf(alert)));
        known = true;
      }
      return groups.contains(group);
    }
  }
}
