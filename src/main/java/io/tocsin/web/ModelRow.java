package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.model.health.HealthState;
import io.tocsin.model.health.ModelHealth;
import io.tocsin.model.health.ModelHealth.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A model that is not green, on the first page.
 *
 * @param watched whether it has a page of its own; else only alerts name it
 * @param reasons the worst first
 */
public record ModelRow(String model, HealthState state, boolean watched, List<String> reasons) {

  private static final int SHOWN = 3;

  public ModelRow {
    reasons = List.copyOf(reasons);
  }

  /** Watched models that are red or yellow, and what alerts that fire name besides; worst first. */
  static List<ModelRow> of(List<ModelHealth> watched, List<Alert> firing) {
    var rows = new ArrayList<ModelRow>();
    for (ModelHealth health : watched) {
      if (health.state() == HealthState.RED || health.state() == HealthState.YELLOW) {
        rows.add(
            new ModelRow(
                health.model(),
                health.state(),
                true,
                health.reasons().stream()
                    .filter(reason -> reason.state() != HealthState.UNKNOWN)
                    .limit(SHOWN)
                    .map(Reason::words)
                    .toList()));
      }
    }
    rows.addAll(
        unwatched(watched.stream().map(ModelHealth::model).collect(Collectors.toSet()), firing));
    rows.sort(Comparator.comparing(ModelRow::state).thenComparing(ModelRow::model));
    return rows;
  }

  private static List<ModelRow> unwatched(Set<String> watched, List<Alert> firing) {
    Map<String, List<Alert>> others = new TreeMap<>();
    for (Alert alert : firing) {
      if (alert.labels().has("model") && !watched.contains(alert.labels().get("model"))) {
        others.computeIfAbsent(alert.labels().get("model"), key -> new ArrayList<>()).add(alert);
      }
    }
    var rows = new ArrayList<ModelRow>();
    others.forEach(
        (model, its) ->
            rows.add(
                new ModelRow(
                    model,
                    its.stream().anyMatch(ModelRow::high) ? HealthState.RED : HealthState.YELLOW,
                    false,
                    its.stream()
                        .sorted(Comparator.comparing(Alert::severity))
                        .limit(SHOWN)
                        .map(alert -> alert.spec().alertName() + " fires: " + alert.summary())
                        .toList())));
    return rows;
  }

  private static boolean high(Alert alert) {
    return alert.severity() == Severity.CRITICAL || alert.severity() == Severity.HIGH;
  }
}
