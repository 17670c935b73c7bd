package io.tocsin.alert;

import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One breach in its life. Inactive alerts do not exist; a resolved one is seen once by the desk and
 * kept for a while for readers.
 *
 * @param spec the rule behind it
 * @param labels final labels, {@code alertname} included
 * @param phase where in its life it is
 * @param activeSince first breach of this episode
 * @param firingSince when it began to fire; empty while pending
 * @param resolvedAt when it ended; empty before
 * @param lastBreach the newest evaluation that found it breaching
 * @param value newest value
 * @param annotations newest expanded texts
 */
public record Alert(
    AlertSpec spec,
    Labels labels,
    Phase phase,
    Instant activeSince,
    Optional<Instant> firingSince,
    Optional<Instant> resolvedAt,
    Instant lastBreach,
    double value,
    Map<String, String> annotations) {

  /** Pending: breaching for less than {@code for}. Firing: long enough. Resolved: over. */
  public enum Phase {
    PENDING,
    FIRING,
    RESOLVED
  }

  public Alert {
    annotations = Map.copyOf(annotations);
  }

  /** Whether it is not over. */
  public boolean active() {
    return phase != Phase.RESOLVED;
  }

  /** This alert, over. */
  public Alert resolved(Instant at) {
    return new Alert(
        spec,
        labels,
        Phase.RESOLVED,
        activeSince,
        firingSince,
        Optional.of(at),
        lastBreach,
        value,
        annotations);
  }

  public AlertKey key() {
    return new AlertKey(spec.ruleId(), labels);
  }

  /** The rule's severity, else what the {@code severity} label means. */
  public Severity severity() {
    return spec.severity().orElseGet(() -> Severity.fromLabel(labels.get("severity")));
  }

  /** Components it hits: the rule's {@code impact}, else the {@code component} label, else none. */
  public List<String> components() {
    if (!spec.impact().isEmpty()) {
      return spec.impact();
    }
    return labels.has("component") ? List.of(labels.get("component")) : List.of();
  }

  /** A line for people: the summary annotation, else the alert's name. */
  public String summary() {
    String summary = annotations.getOrDefault("summary", "");
    return summary.isBlank() ? spec.alertName() : summary;
  }
}
