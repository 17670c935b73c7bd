package io.tocsin.bench;

import io.tocsin.alert.AlertTracker;
import io.tocsin.alert.Alerts;
import io.tocsin.alert.Evaluation;
import io.tocsin.drift.DriftScore;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.Guard;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.ModelRules;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Site;
import io.tocsin.rule.drift.DriftJudge;
import io.tocsin.rule.drift.FindingStore;
import io.tocsin.settings.RuleFiles;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Yaml;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How often nothing is called drift, and how soon something is: 100 features, 30 days of hourly
 * windows, by the road a rule goes: read from a rule file, judged, tracked. An incident begins when
 * the model's alert fires. Arguments: months simulated per size (default 2).
 */
public final class DriftFalseAlarmBench {

  private static final int FEATURES = 100;
  private static final int HOURS = 30 * 24;
  private static final int[] SIZES = {50, 100, 200, 500, 1000, 10_000, 100_000};
  private static final Duration HOUR = Duration.ofHours(1);

  /** The defaults: both levels, two windows, at least 200 rows. */
  static final String USUAL = "kind: data_drift, model: m";

  /** The same from 40 rows on. */
  static final String FROM_40 = USUAL + ", min_samples: 40";

  private DriftFalseAlarmBench() {}

  public static void main(String[] arguments) {
    int months = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
    System.out.printf(
        "No drift: %d features, %d hourly windows, reference of 10,000 rows, %d months a size%n"
            + "| rows | incidents a month | windows without a verdict | the same from 40 rows on |"
            + " plain PSI > 0.1: windows alarmed a month |%n|---|---|---|---|---|%n",
        FEATURES, HOURS, months);
    for (int rows : SIZES) {
      Month usual = new Month(0, 0, 0);
      Month small = new Month(0, 0, 0);
      long plain = 0;
      for (int i = 0; i < months; i++) {
        long seed = 100L * rows + i;
        usual = usual.plus(month(USUAL, new DrawnModel(rows, FEATURES, 0, seed), HOURS));
        small = small.plus(month(FROM_40, new DrawnModel(rows, FEATURES, 0, seed), HOURS));
        plain += plain(new DrawnModel(rows, FEATURES, 0, seed), HOURS, FEATURES);
      }
      System.out.printf(
          Locale.ROOT,
          "| %,d | %.2f | %.0f %% | %.2f | %.0f |%n",
          rows,
          (double) usual.incidents() / months,
          100.0 * usual.unknown() / months / HOURS,
          (double) small.incidents() / months,
          (double) plain / months);
    }
    int worst = 0;
    for (int run = 0; run < 50; run++) {
      Month shifted = month(USUAL, new DrawnModel(1000, FEATURES, 0.5, run), 10);
      worst = Math.max(worst, shifted.first() == 0 ? Integer.MAX_VALUE : shifted.first());
    }
    System.out.printf(
        "A shift of half a standard deviation in one feature of %d at 1,000 rows an hour: an"
            + " incident after %d windows at the latest of 50 runs%n",
        FEATURES, worst);
  }

  /**
   * What one run said.
   *
   * @param incidents times the model's alert began to fire
   * @param unknown windows without a verdict
   * @param first the window at which it first fired, 0 for never
   */
  record Month(int incidents, int unknown, int first) {
    Month plus(Month other) {
      return new Month(
          incidents + other.incidents, unknown + other.unknown, Math.max(first, other.first));
    }
  }

  /** Runs a rule on a model, window by window. */
  static Month month(String terms, DrawnModel model, int hours) {
    RuleGroup group =
        RuleFiles.read(
                Yaml.read(
                    "groups: [{name: g, interval: 1h, rules: [{alert: A, drift: {"
                        + terms
                        + "}}]}]",
                    "bench.yaml",
                    Secrets.none()),
                HOUR)
            .groups()
            .getFirst();
    var rule = (DriftRule) group.rules().getFirst();
    var rules = new ModelRules(new DriftJudge(model, FindingStore.inMemory()));
    var tracker = new AlertTracker();
    Alerts alerts = Alerts.NONE;
    int incidents = 0;
    int unknown = 0;
    int first = 0;
    boolean open = false;
    for (int hour = 1; hour <= hours; hour++) {
      Instant at = Instant.EPOCH.plus(HOUR.multipliedBy(hour));
      var found = rules.evaluate(group, rule, at, Site.NONE).evaluations();
      unknown +=
          (int)
              found.stream()
                  .filter(it -> it.outcome() instanceof Evaluation.Outcome.Unknown)
                  .count();
      alerts = tracker.advance(alerts, found, at).next();
      boolean fires = !alerts.firing().isEmpty();
      if (fires && !open) {
        incidents++;
        first = first == 0 ? hour : first;
      }
      open = fires;
    }
    return new Month(incidents, unknown, first);
  }

  /** Feature windows in which the plain index alone passes 0.1. */
  static long plain(DrawnModel model, int windows, int features) {
    long alarmed = 0;
    for (int window = 0; window < windows; window++) {
      for (int f = 0; f < features; f++) {
        var score =
            (DriftScore) DriftTest.PSI.compare(model.reference(f), model.window(f), Guard.OFF);
        alarmed += score.statistic() > 0.1 ? 1 : 0;
      }
    }
    return alarmed;
  }
}
