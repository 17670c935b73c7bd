package io.tocsin.alert;

import io.tocsin.alert.Alert.Phase;
import io.tocsin.alert.AlertTracker.Advance;
import io.tocsin.alert.AlertView.RuleHealth;
import io.tocsin.alert.Alerts.RuleState;
import io.tocsin.alert.Alerts.Tracked;
import io.tocsin.alert.Evaluation.Outcome;
import io.tocsin.alert.Evaluation.Scope;
import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One advance of the tracker being made: the versions before and the edits on them. */
final class TrackerStep {

  /** Single evaluations older than this before the newest whole one are no news. */
  private static final Duration LOOK_BACK = Duration.ofMinutes(5);

  private final Alerts before;
  private final BucketMap.Edit<String, RuleState> rules;
  private final Map<String, BucketMap.Edit<Labels, Tracked>> edits = new HashMap<>();
  private final Map<AlertKey, Alert> changed = new LinkedHashMap<>();
  private final Set<AlertKey> gone = new LinkedHashSet<>();
  private Instant nextForget;

  TrackerStep(Alerts before) {
    this.before = before;
    this.rules = before.rules.edit();
    this.nextForget = before.nextForget;
  }

  Instant nextForget() {
    return nextForget;
  }

  void take(Evaluation evaluation) {
    String id = evaluation.spec().ruleId();
    RuleState known = rules.get(id);
    RuleState rule = known == null ? RuleState.NEW : known;
    Instant at = evaluation.at();
    switch (evaluation.scope()) {
      case Scope.Whole whole -> {
        if (!at.isBefore(rule.wholeAt())) {
          Set<Labels> newer = newer(rule, at);
          apply(evaluation, newer, null);
          rules.put(id, new RuleState(at, forgetSeen(rule.seen(), at), health(evaluation, rule)));
        }
      }
      case Scope.Only only -> {
        Set<Labels> due = due(rule, only.labels(), at);
        if (!due.isEmpty()) {
          apply(evaluation, Set.of(), due);
          rules.put(
              id, new RuleState(rule.wholeAt(), seen(rule, due, at), health(evaluation, rule)));
        }
      }
    }
  }

  private void apply(Evaluation evaluation, Set<Labels> except, @Nullable Set<Labels> only) {
    AlertSpec spec = evaluation.spec();
    switch (evaluation.outcome()) {
      case Outcome.Found found -> found(evaluation, found.breaches(), except, only);
      case Outcome.Empty empty -> {
        switch (spec.noData()) {
          case PROMETHEUS, RESOLVE -> found(evaluation, List.of(), except, only);
          case KEEP -> {}
          case ALERT -> breached(evaluation, noData(spec));
        }
      }
      case Outcome.Unknown unknown -> {}
    }
  }

  private static Breach noData(AlertSpec spec) {
    return new Breach(
        Labels.of("alertname", spec.alertName()),
        Double.NaN,
        Map.of("summary", "No data for " + spec.alertName()));
  }

  private void found(
      Evaluation evaluation,
      List<Breach> breaches,
      Set<Labels> except,
      @Nullable Set<Labels> only) {
    var breaching = new LinkedHashSet<Labels>();
    for (Breach breach : breaches) {
      boolean meant =
          only == null ? !except.contains(breach.labels()) : only.contains(breach.labels());
      if (meant && breaching.add(breach.labels())) {
        breached(evaluation, breach);
      }
    }
    for (Tracked tracked : tracked(evaluation.spec().ruleId(), only)) {
      Labels labels = tracked.alert().labels();
      if (!breaching.contains(labels) && !except.contains(labels)) {
        ended(evaluation.spec(), tracked, evaluation.at());
      }
    }
  }

  private List<Tracked> tracked(String ruleId, @Nullable Set<Labels> only) {
    var mine = edit(ruleId);
    if (only == null) {
      return mine.values();
    }
    var found = new ArrayList<Tracked>();
    for (Labels labels : only) {
      Tracked one = mine.get(labels);
      if (one != null) {
        found.add(one);
      }
    }
    return found;
  }

  private BucketMap.Edit<Labels, Tracked> edit(String ruleId) {
    return edits.computeIfAbsent(
        ruleId,
        id -> {
          BucketMap<Labels, Tracked> mine = before.alerts.get(id);
          return (mine == null ? BucketMap.<Labels, Tracked>empty() : mine).edit();
        });
  }

  private void breached(Evaluation evaluation, Breach breach) {
    AlertSpec spec = evaluation.spec();
    Instant at = evaluation.at();
    Tracked tracked = edit(spec.ruleId()).get(breach.labels());
    Alert old =
        tracked == null || tracked.alert().phase() == Phase.RESOLVED ? null : tracked.alert();
    Instant since = old == null ? breach.since().filter(at::isAfter).orElse(at) : old.activeSince();
    boolean fires = old != null && old.phase() == Phase.FIRING;
    boolean firesNow = !fires && Duration.between(since, at).compareTo(spec.holdFor()) >= 0;
    Alert alert =
        new Alert(
            spec,
            breach.labels(),
            fires || firesNow ? Phase.FIRING : Phase.PENDING,
            since,
            firesNow ? Optional.of(at) : old == null ? Optional.empty() : old.firingSince(),
            Optional.empty(),
            old == null || at.isAfter(old.lastBreach()) ? at : old.lastBreach(),
            breach.value(),
            breach.annotations());
    put(new Tracked(alert, null));
    boolean refresh = alert.phase() == Phase.PENDING && old != null && refreshDue(old, alert);
    if (old == null || firesNow || refresh) {
      changed(alert);
    }
  }

  private static boolean refreshDue(Alert before, Alert after) {
    long period = AlertTracker.REFRESH.toMillis();
    return before.lastBreach().toEpochMilli() / period
        != after.lastBreach().toEpochMilli() / period;
  }

  /** An evaluation no longer found it: a pending one vanishes, a firing one resolves or is held. */
  private void ended(AlertSpec spec, Tracked tracked, Instant at) {
    Alert alert = tracked.alert();
    switch (alert.phase()) {
      case PENDING -> remove(alert.key());
      case FIRING -> {
        Instant quietSince = tracked.quietSince() == null ? at : tracked.quietSince();
        if (Duration.between(quietSince, at).compareTo(spec.keepFiringFor()) < 0) {
          put(new Tracked(alert, quietSince));
        } else {
          resolve(alert, at);
        }
      }
      case RESOLVED -> {}
    }
  }

  private void resolve(Alert alert, Instant at) {
    Alert resolved = alert.resolved(at);
    put(new Tracked(resolved, null));
    changed(resolved);
    forgetAfter(at);
  }

  private void forgetAfter(Instant resolvedAt) {
    Instant forget = resolvedAt.plus(AlertTracker.RESOLVED_KEPT);
    if (forget.isBefore(nextForget)) {
      nextForget = forget;
    }
  }

  /** Labels that a newer single evaluation already spoke about. */
  private static Set<Labels> newer(RuleState rule, Instant at) {
    var newer = new LinkedHashSet<Labels>();
    rule.seen()
        .forEach(
            (labels, seen) -> {
              if (seen.isAfter(at)) {
                newer.add(labels);
              }
            });
    return newer;
  }

  /** Labels of which nothing newer is known. */
  private static Set<Labels> due(RuleState rule, Set<Labels> labels, Instant at) {
    if (rule.wholeAt() != Instant.MIN && at.isBefore(rule.wholeAt().minus(LOOK_BACK))) {
      return Set.of();
    }
    var due = new LinkedHashSet<Labels>();
    for (Labels one : labels) {
      Instant seen = rule.seen().get(one);
      if (seen == null || !seen.isAfter(at)) {
        due.add(one);
      }
    }
    return due;
  }

  private static BucketMap<Labels, Instant> seen(RuleState rule, Set<Labels> labels, Instant at) {
    var edit = rule.seen().edit();
    labels.forEach(one -> edit.put(one, at));
    return edit.build();
  }

  private static BucketMap<Labels, Instant> forgetSeen(
      BucketMap<Labels, Instant> seen, Instant wholeAt) {
    if (seen.size() == 0) {
      return seen;
    }
    Instant horizon = wholeAt.minus(LOOK_BACK);
    var edit = seen.edit();
    seen.forEach(
        (labels, at) -> {
          if (at.isBefore(horizon)) {
            edit.remove(labels);
          }
        });
    return edit.build();
  }

  private static RuleHealth health(Evaluation evaluation, RuleState rule) {
    Instant last = rule.health().lastEvaluation();
    Instant at = evaluation.at().isAfter(last) ? evaluation.at() : last;
    return switch (evaluation.outcome()) {
      case Outcome.Found found -> new RuleHealth(RuleHealth.State.OK, "", at);
      case Outcome.Empty empty ->
          evaluation.spec().noData() == NoData.KEEP
              ? new RuleHealth(RuleHealth.State.UNKNOWN, "no data", at)
              : new RuleHealth(RuleHealth.State.OK, "no data", at);
      case Outcome.Unknown unknown ->
          new RuleHealth(
              unknown.failed() ? RuleHealth.State.ERR : RuleHealth.State.UNKNOWN,
              unknown.reason(),
              at);
    };
  }

  void retire(String ruleId, Instant now) {
    for (Tracked tracked : tracked(ruleId, null)) {
      switch (tracked.alert().phase()) {
        case PENDING -> remove(tracked.alert().key());
        case FIRING -> resolve(tracked.alert(), now);
        case RESOLVED -> {}
      }
    }
    rules.remove(ruleId);
  }

  void forgetResolvedBefore(Instant horizon) {
    nextForget = Instant.MAX;
    var ids = new ArrayList<String>(edits.keySet());
    before.alerts.forEach(
        (id, mine) -> {
          if (!edits.containsKey(id)) {
            ids.add(id);
          }
        });
    for (String id : ids) {
      forgetSeenBefore(id, horizon);
      for (Tracked tracked : tracked(id, null)) {
        Optional<Instant> resolvedAt = tracked.alert().resolvedAt();
        if (resolvedAt.isPresent() && !resolvedAt.get().isAfter(horizon)) {
          remove(tracked.alert().key());
        } else {
          resolvedAt.ifPresent(this::forgetAfter);
        }
      }
    }
  }

  /** A rule that is never evaluated as a whole would remember single evaluations for ever. */
  private void forgetSeenBefore(String id, Instant horizon) {
    RuleState rule = rules.get(id);
    if (rule != null && rule.wholeAt() == Instant.MIN) {
      rules.put(id, new RuleState(rule.wholeAt(), forgetSeen(rule.seen(), horizon), rule.health()));
    }
  }

  void keep(Tracked tracked) {
    put(tracked);
    tracked.alert().resolvedAt().ifPresent(this::forgetAfter);
  }

  void drop(AlertKey key) {
    gone.add(key);
  }

  private void put(Tracked tracked) {
    edit(tracked.alert().spec().ruleId()).put(tracked.alert().labels(), tracked);
  }

  private void remove(AlertKey key) {
    edit(key.ruleId()).remove(key.labels());
    changed.remove(key);
    gone.add(key);
  }

  private void changed(Alert alert) {
    gone.remove(alert.key());
    changed.remove(alert.key());
    changed.put(alert.key(), alert);
  }

  Advance finish() {
    var alerts = before.alerts.edit();
    var left = new ArrayList<Alert>();
    var come = new ArrayList<Alert>();
    edits.forEach(
        (id, edit) -> {
          BucketMap<Labels, Tracked> mine = edit.build();
          BucketMap<Labels, Tracked> old = before.alerts.get(id);
          if (mine.size() == 0) {
            alerts.remove(id);
          } else if (mine != old) {
            alerts.put(id, mine);
          }
          for (Labels labels : edit.touched()) {
            firing(old, labels).ifPresent(left::add);
            firing(mine, labels).ifPresent(come::add);
          }
        });
    return new Advance(
        before.next(rules.build(), alerts.build(), nextForget, left, come),
        List.copyOf(changed.values()),
        List.copyOf(gone));
  }

  private static Optional<Alert> firing(
      @Nullable BucketMap<Labels, Tracked> alerts, Labels labels) {
    return Optional.ofNullable(alerts == null ? null : alerts.get(labels))
        .map(Tracked::alert)
        .filter(alert -> alert.phase() == Phase.FIRING);
  }
}
