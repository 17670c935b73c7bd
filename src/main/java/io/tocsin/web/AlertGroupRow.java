package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Alerts of one name, as one row.
 *
 * @param severity the worst of them
 * @param muted how many of the firing ones make no sound
 * @param since the oldest breach
 * @param components that they hit, the first few
 * @param example one of them, the worst
 */
public record AlertGroupRow(
    String name,
    Severity severity,
    int firing,
    int pending,
    int muted,
    Instant since,
    List<String> components,
    Alert example) {

  private static final int COMPONENTS = 4;

  /** Worst first. */
  static List<AlertGroupRow> of(List<MarkedAlert> firing, List<Alert> pending) {
    Map<String, List<Alert>> groups = new LinkedHashMap<>();
    Map<String, Integer> muted = new LinkedHashMap<>();
    for (MarkedAlert marked : firing) {
      String name = marked.alert().spec().alertName();
      groups.computeIfAbsent(name, key -> new ArrayList<>()).add(marked.alert());
      muted.merge(name, marked.audible() ? 0 : 1, Integer::sum);
    }
    for (Alert alert : pending) {
      groups.computeIfAbsent(alert.spec().alertName(), key -> new ArrayList<>()).add(alert);
    }
    return groups.entrySet().stream()
        .map(entry -> of(entry.getKey(), entry.getValue(), muted.getOrDefault(entry.getKey(), 0)))
        .sorted(
            Comparator.comparing(AlertGroupRow::severity)
                .thenComparing(row -> row.firing == 0)
                .thenComparing(AlertGroupRow::name))
        .toList();
  }

  private static AlertGroupRow of(String name, List<Alert> alerts, int muted) {
    int firing = (int) alerts.stream().filter(alert -> alert.phase() == Alert.Phase.FIRING).count();
    var components = new TreeSet<String>();
    Alert worst = alerts.getFirst();
    Instant since = worst.activeSince();
    for (Alert alert : alerts) {
      components.addAll(alert.components());
      worst = alert.severity().worseThan(worst.severity()) ? alert : worst;
      since = alert.activeSince().isBefore(since) ? alert.activeSince() : since;
    }
    return new AlertGroupRow(
        name,
        worst.severity(),
        firing,
        alerts.size() - firing,
        muted,
        since,
        components.stream().limit(COMPONENTS).toList(),
        worst);
  }
}
