package io.tocsin.postmortem;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Incident;
import io.tocsin.rule.ReplayReport;
import io.tocsin.template.Markdown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Something that would have told of an incident before it was opened.
 *
 * @param what the alert, and what would have to be different
 * @param at when it would have fired
 */
public record EarlierAlert(String what, Instant at) {

  /** A {@code for} shorter than this hides nothing worth telling. */
  private static final Duration NOTABLE = Duration.ofSeconds(5);

  /**
   * What the rules of today, run over the time before, would have told sooner; and the incident's
   * own alerts that stood in breach while their {@code for} ran. Earliest first.
   *
   * @param replay of the time before the incident was opened
   */
  static List<EarlierAlert> of(Incident incident, ReplayReport replay) {
    var found = new LinkedHashMap<String, EarlierAlert>();
    for (Alert alert : incident.alerts()) {
      if (waited(alert, incident)) {
        String what =
            "%s without its `for` of %s"
                .formatted(
                    Markdown.text(alert.spec().alertName()),
                    Words.duration(alert.spec().holdFor()));
        found.putIfAbsent(what, new EarlierAlert(what, alert.activeSince()));
      }
    }
    for (ReplayReport.Incident other : replay.incidents()) {
      if (other.openedAt().isBefore(incident.openedAt()) && lasted(other, incident)) {
        other.alerts().stream()
            .filter(labels -> !isOneOf(incident, labels))
            .map(labels -> new EarlierAlert(Markdown.code(labels), other.openedAt()))
            .forEach(earlier -> found.putIfAbsent(earlier.what(), earlier));
      }
    }
    var earliest = new ArrayList<>(found.values());
    earliest.sort(Comparator.comparing(EarlierAlert::at));
    return List.copyOf(earliest);
  }

  private static boolean waited(Alert alert, Incident incident) {
    return alert.spec().holdFor().compareTo(NOTABLE) >= 0
        && alert.activeSince().isBefore(incident.openedAt());
  }

  /**
   * Whether it was still there when the incident was opened, so that it may be the same trouble.
   */
  private static boolean lasted(ReplayReport.Incident other, Incident incident) {
    return other.resolvedAt().map(end -> !end.isBefore(incident.openedAt())).orElse(true);
  }

  private static boolean isOneOf(Incident incident, String labels) {
    return incident.alerts().stream().anyMatch(alert -> alert.labels().toString().equals(labels));
  }
}
