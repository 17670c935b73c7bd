package io.tocsin.alert;

import io.tocsin.alert.Alert.Phase;
import io.tocsin.alert.Alerts.Tracked;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The life of a breach: inactive, pending, firing, resolved, as Prometheus defines it: an alert
 * fires at the first evaluation at or after {@code for}, so the same evaluations always give the
 * same alerts, whenever they are taken in.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/">Prometheus
 *     alerting rules</a>
 */
public final class AlertTracker {

  /** How long a resolved alert is kept for readers, as in Prometheus. */
  public static final Duration RESOLVED_KEPT = Duration.ofMinutes(15);

  /** The longest gap in our own running that a pending alert's {@code for} survives. */
  public static final Duration OUTAGE_TOLERANCE = Duration.ofHours(1);

  /** A pending alert is written again this often, so that a restart knows how far it had come. */
  static final Duration REFRESH = Duration.ofSeconds(15);

  /**
   * What evaluations did.
   *
   * @param next every alert after them
   * @param changed alerts to be written: begun, fired, resolved, or pending and due for a refresh
   * @param gone alerts that need not be remembered any more
   */
  public record Advance(Alerts next, List<Alert> changed, List<AlertKey> gone) {
    public Advance {
      changed = List.copyOf(changed);
      gone = List.copyOf(gone);
    }
  }

  /**
   * Takes evaluations in, in order. One that is older than what is already known of the same alerts
   * is passed over.
   */
  public Advance advance(Alerts alerts, List<Evaluation> evaluations, Instant now) {
    if (evaluations.isEmpty() && now.isBefore(alerts.nextForget)) {
      return new Advance(alerts, List.of(), List.of());
    }
    var step = new TrackerStep(alerts);
    evaluations.forEach(step::take);
    if (!now.isBefore(step.nextForget())) {
      step.forgetResolvedBefore(now.minus(RESOLVED_KEPT));
    }
    return step.finish();
  }

  /** Ends what is left of rules that are no longer there: their alerts resolve. */
  public Advance retire(Alerts alerts, Collection<String> ruleIds, Instant now) {
    var step = new TrackerStep(alerts);
    ruleIds.forEach(id -> step.retire(id, now));
    return step.finish();
  }

  /**
   * What a restart begins with. The gap is ours: a pending alert does not count it as breaching,
   * and is dropped when the gap was longer than an hour; a firing one fires until an evaluation
   * says otherwise.
   */
  public Advance restore(List<Alert> stored, Instant now) {
    var step = new TrackerStep(Alerts.NONE);
    for (Alert alert : stored) {
      Optional<Alert> restored =
          switch (alert.phase()) {
            case FIRING -> Optional.of(alert);
            case PENDING -> pendingAfterGap(alert, Duration.between(alert.lastBreach(), now));
            case RESOLVED ->
                Optional.of(alert)
                    .filter(a -> a.resolvedAt().orElse(now).isAfter(now.minus(RESOLVED_KEPT)));
          };
      restored.ifPresentOrElse(
          kept -> step.keep(new Tracked(kept, null)), () -> step.drop(alert.key()));
    }
    return step.finish();
  }

  private static Optional<Alert> pendingAfterGap(Alert alert, Duration gap) {
    if (gap.compareTo(OUTAGE_TOLERANCE) > 0) {
      return Optional.empty();
    }
    Duration shift = gap.compareTo(REFRESH) > 0 ? gap : Duration.ZERO;
    return Optional.of(
        new Alert(
            alert.spec(),
            alert.labels(),
            Phase.PENDING,
            alert.activeSince().plus(shift),
            Optional.empty(),
            Optional.empty(),
            alert.lastBreach(),
            alert.value(),
            alert.annotations()));
  }
}
