package io.tocsin;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Incident;
import io.tocsin.rule.drift.Finding;
import io.tocsin.rule.drift.FindingStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What drift rules found for the alerts of an incident. */
final class IncidentFindings {

  private static final int MOST_PER_ALERT = 20;

  private IncidentFindings() {}

  /** The oldest first; none for an incident without alerts of drift rules. Blocks. */
  static List<Finding> of(FindingStore store, Incident incident, Instant end) {
    return incident.alerts().stream()
        .filter(alert -> alert.labels().has("model"))
        .flatMap(alert -> store.search(filter(alert, end)).stream())
        .sorted(Comparator.comparing(Finding::at))
        .toList();
  }

  private static FindingStore.Filter filter(Alert alert, Instant end) {
    return new FindingStore.Filter(
        Optional.empty(),
        Optional.of(alert.spec().ruleId()),
        Optional.of(alert.labels().toMap()),
        Optional.of(alert.activeSince()),
        Optional.of(alert.resolvedAt().orElse(end)),
        MOST_PER_ALERT);
  }
}
