package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A watched model that is not green: an alert with its name breaches.
 *
 * @param severity of the worst
 * @param alerts what is wrong, worst first
 */
public record ModelRow(String model, Severity severity, List<Alert> alerts) {

  private static final int SHOWN = 3;

  static List<ModelRow> of(List<Alert> alerts) {
    Map<String, List<Alert>> models = new TreeMap<>();
    for (Alert alert : alerts) {
      if (alert.labels().has("model")) {
        models.computeIfAbsent(alert.labels().get("model"), key -> new ArrayList<>()).add(alert);
      }
    }
    var rows = new ArrayList<ModelRow>();
    models.forEach(
        (model, its) -> {
          List<Alert> worst =
              its.stream().sorted((a, b) -> a.severity().compareTo(b.severity())).toList();
          rows.add(
              new ModelRow(
                  model, worst.getFirst().severity(), worst.stream().limit(SHOWN).toList()));
        });
    return rows;
  }
}
