package io.tocsin.alert;

import io.tocsin.alert.Alert.Phase;
import io.tocsin.alert.Alerts.Tracked;
import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
    return advance(alerts, evaluations, Set.of(), now);
  }

  /**
   * Takes evaluations in, in order, and ends what is left of rules that are no longer there: their
   * firing alerts resolve.
   *
   * @param retired ids of the rules that are no longer there
   */
  public Advance advance(
      Alerts alerts, List<Evaluation> evaluations, Set<String> retired, Instant now) {
    if (evaluations.isEmpty() && retired.isEmpty() && now.isBefore(alerts.nextForget)) {
      return new Advance(alerts, List.of(), List.of());
    }
    var step = new TrackerStep(alerts);
    evaluations.forEach(step::take);
    retired.forEach(id -> step.retire(id, now));
    if (!now.isBefore(step.nextForget())) {
      step.forgetResolvedBefore(now.minus(RESOLVED_KEPT));
    }
    return step.finish();
  }

  /**
   * The same evaluation in pieces that speak of at most {@code limit} alerts each; taken in one
   * after the other they do the same. A whole evaluation stands at the end of its pieces once more.
   */
  public List<Evaluation> pieces(Alerts alerts, Evaluation evaluation, int limit) {
    var breaches = new LinkedHashMap<Labels, Breach>();
    if (evaluation.outcome() instanceof Evaluation.Outcome.Found found) {
      found.breaches().forEach(breach -> breaches.put(breach.labels(), breach));
    }
    var touched = new LinkedHashSet<>(breaches.keySet());
    boolean whole = evaluation.scope() instanceof Evaluation.Scope.Whole;
    switch (evaluation.scope()) {
      case Evaluation.Scope.Whole all ->
          touched.addAll(alerts.activeOf(evaluation.spec().ruleId()));
      case Evaluation.Scope.Only only -> touched.addAll(only.labels());
    }
    var pieces = new ArrayList<Evaluation>();
    var labels = List.copyOf(touched);
    for (int from = 0; from < labels.size(); from += limit) {
      List<Labels> some = labels.subList(from, Math.min(labels.size(), from + limit));
      pieces.add(piece(evaluation, some, breaches));
    }
    if (whole) {
      pieces.add(evaluation);
    }
    return pieces;
  }

  private static Evaluation piece(
      Evaluation evaluation, List<Labels> labels, Map<Labels, Breach> breaches) {
    Evaluation.Outcome outcome =
        switch (evaluation.outcome()) {
          case Evaluation.Outcome.Found found ->
              new Evaluation.Outcome.Found(
                  labels.stream().map(breaches::get).filter(Objects::nonNull).toList());
          case Evaluation.Outcome.Empty empty -> empty;
          case Evaluation.Outcome.Unknown unknown -> unknown;
        };
    return new Evaluation(
        evaluation.spec(), evaluation.at(), new Evaluation.Scope.Only(Set.copyOf(labels)), outcome);
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
