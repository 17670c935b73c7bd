package io.tocsin.alert;

import io.tocsin.alert.Alert.Phase;
import io.tocsin.alert.AlertView.RuleHealth;
import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every alert there is at one moment, with the health of every rule: an immutable value that {@link
 * AlertTracker} turns into the next one. Versions share what did not change.
 */
public final class Alerts {

  /** No alerts, no rules seen. */
  public static final Alerts NONE =
      new Alerts(BucketMap.empty(), BucketMap.empty(), Instant.MAX, null);

  /** What is remembered of every rule, also of those without alerts. */
  final BucketMap<String, RuleState> rules;

  /** By rule id, only rules that have alerts. */
  final BucketMap<String, BucketMap<Labels, Tracked>> alerts;

  /** When the next resolved alert is to be forgotten. */
  final Instant nextForget;

  private volatile @Nullable List<Alert> firing;

  /** How the firing alerts come from those of the version before, until somebody asks. */
  private volatile @Nullable FiringEdit edit;

  Alerts(
      BucketMap<String, RuleState> rules,
      BucketMap<String, BucketMap<Labels, Tracked>> alerts,
      Instant nextForget,
      @Nullable FiringEdit edit) {
    this.rules = rules;
    this.alerts = alerts;
    this.nextForget = nextForget;
    this.edit = edit;
  }

  /**
   * The next version. Of its firing alerts only those that changed are sorted in.
   *
   * @param gone firing alerts that do not fire any more, or not as they were
   * @param come those that fire, or fire otherwise
   */
  Alerts next(
      BucketMap<String, RuleState> nextRules,
      BucketMap<String, BucketMap<Labels, Tracked>> nextAlerts,
      Instant nextForgetting,
      List<Alert> gone,
      List<Alert> come) {
    List<Alert> known = firing;
    return new Alerts(
        nextRules,
        nextAlerts,
        nextForgetting,
        known == null ? null : new FiringEdit(known, gone, come));
  }

  /** Alerts that fire, worst first, then by key. */
  public List<Alert> firing() {
    List<Alert> known = firing;
    if (known == null) {
      FiringEdit from = edit;
      known = from == null ? in(Phase.FIRING) : from.apply();
      firing = known;
      edit = null;
    }
    return known;
  }

  /** Alerts that breach but wait for their {@code for}. */
  public List<Alert> pending() {
    return in(Phase.PENDING);
  }

  /** Alerts that ended within the last 15 minutes. */
  public List<Alert> resolved() {
    return in(Phase.RESOLVED);
  }

  /** Sorted within each rule, then dealt out by severity: that is asked of each alert once. */
  private List<Alert> in(Phase phase) {
    var bySeverity = new EnumMap<Severity, List<Alert>>(Severity.class);
    var byRule = new TreeMap<String, BucketMap<Labels, Tracked>>();
    alerts.forEach(byRule::put);
    int count = 0;
    for (BucketMap<Labels, Tracked> tracked : byRule.values()) {
      var ofRule = new ArrayList<Alert>();
      tracked.forEach(
          (labels, one) -> {
            if (one.alert().phase() == phase) {
              ofRule.add(one.alert());
            }
          });
      ofRule.sort(Comparator.comparing(Alert::labels));
      count += ofRule.size();
      for (Alert alert : ofRule) {
        bySeverity.computeIfAbsent(alert.severity(), s -> new ArrayList<>()).add(alert);
      }
    }
    var all = new ArrayList<Alert>(count);
    bySeverity.values().forEach(all::addAll);
    return Collections.unmodifiableList(all);
  }

  public Optional<Alert> find(AlertKey key) {
    BucketMap<Labels, Tracked> ofRule = alerts.get(key.ruleId());
    Tracked tracked = ofRule == null ? null : ofRule.get(key.labels());
    return Optional.ofNullable(tracked).map(Tracked::alert);
  }

  /** Whether a rule has alerts, such as ended lately among them. */
  public boolean tracks(String ruleId) {
    return alerts.get(ruleId) != null;
  }

  /** Labels of a rule's alerts that are not over. */
  List<Labels> activeOf(String ruleId) {
    var active = new ArrayList<Labels>();
    BucketMap<Labels, Tracked> ofRule = alerts.get(ruleId);
    if (ofRule != null) {
      ofRule.forEach(
          (labels, tracked) -> {
            if (tracked.alert().active()) {
              active.add(labels);
            }
          });
    }
    return active;
  }

  /** Health of each rule that was ever evaluated, by rule id. */
  public Map<String, RuleHealth> health() {
    var health = new HashMap<String, RuleHealth>();
    rules.forEach((id, rule) -> health.put(id, rule.health()));
    return Map.copyOf(health);
  }

  /**
   * An alert with what its next evaluation needs.
   *
   * @param alert as it is
   * @param quietSince first evaluation that found no breach while {@code keep_firing_for} holds it;
   *     null otherwise
   */
  record Tracked(Alert alert, @Nullable Instant quietSince) {}

  /**
   * What is remembered of a rule.
   *
   * @param wholeAt newest evaluation of all its alerts
   * @param seen newest evaluation of single alerts by their labels, of the last minutes
   * @param health how it fared
   */
  record RuleState(Instant wholeAt, BucketMap<Labels, Instant> seen, RuleHealth health) {

    static final RuleState NEW =
        new RuleState(
            Instant.MIN,
            BucketMap.empty(),
            new RuleHealth(RuleHealth.State.UNKNOWN, "not evaluated yet", Instant.EPOCH));
  }
}
