package io.tocsin.model.report;

import io.tocsin.model.report.ModelReport.Input;
import io.tocsin.model.report.ModelReport.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether to train the model again, and why. */
public record Retraining(Verdict verdict, List<String> reasons) {

  /** Least fall of accuracy that counts, points of share. */
  static final double DROP = 0.03;

  static final double SIGNIFICANCE = 0.01;
  static final long MIN_REFERENCE = 500;
  static final long MIN_JUDGED = 200;
  private static final int DAYS = 3;

  /** What to do. */
  public enum Verdict {
    RETRAIN,
    WATCH,
    FIX_THE_DATA,
    NO_ACTION,
    NOT_ENOUGH_DATA;

    /** {@code fix the data}. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * What it is decided by.
   *
   * @param before judged rows and right ones of the 23 days before the week
   * @param week judged rows and right ones of the week
   * @param drop fall of accuracy, points of share
   * @param p of such a fall by sampling alone, one-sided
   * @param estimatedDays days in a row, this one included, with an alert of estimated performance
   *     and drift
   */
  public record Signs(
      long before, long week, double drop, double p, int estimatedDays, List<Input> inputs) {}

  public Retraining {
    reasons = List.copyOf(reasons);
  }

  /**
   * A confirmed drop, or an estimated one with drift for three days, says retrain; broken data is
   * mended first, since a model trained on it learns the fault; drift alone says watch.
   */
  public static Retraining of(Signs signs) {
    List<String> broken = broken(signs.inputs());
    List<String> drifted = drifted(signs.inputs());
    List<String> losses = losses(signs);
    if (!broken.isEmpty()) {
      var reasons = new ArrayList<>(broken);
      losses.forEach(loss -> reasons.add(loss + "; retrain only once the data is right"));
      return new Retraining(Verdict.FIX_THE_DATA, reasons);
    }
    if (!losses.isEmpty()) {
      var reasons = new ArrayList<>(losses);
      reasons.addAll(drifted);
      return new Retraining(Verdict.RETRAIN, reasons);
    }
    if (!drifted.isEmpty()) {
      var reasons = new ArrayList<>(drifted);
      reasons.add(
          judgable(signs)
              ? "no confirmed loss of accuracy"
              : "too few truths to say whether accuracy fell");
      return new Retraining(Verdict.WATCH, reasons);
    }
    boolean measured = signs.inputs().stream().anyMatch(it -> it.state() == State.QUIET);
    if (!judgable(signs) && !measured) {
      return new Retraining(
          Verdict.NOT_ENOUGH_DATA,
          List.of(
              "%d truths in 7 days (%d needed), %d in the 23 days before (%d needed)"
                  .formatted(signs.week(), MIN_JUDGED, signs.before(), MIN_REFERENCE),
              "no input has enough rows to compare"));
    }
    return new Retraining(
        Verdict.NO_ACTION,
        List.of(
            judgable(signs)
                ? "accuracy has not fallen by 3 points or more"
                : "too few truths to compare accuracy, inputs are as in the reference"));
  }

  private static boolean judgable(Signs signs) {
    return signs.before() >= MIN_REFERENCE && signs.week() >= MIN_JUDGED;
  }

  private static List<String> losses(Signs signs) {
    var losses = new ArrayList<String>();
    if (judgable(signs) && signs.drop() >= DROP && signs.p() < SIGNIFICANCE) {
      losses.add(
          String.format(
              Locale.ROOT,
              "accuracy of 7 days fell by %.1f points against the 23 days before (p %.2g)",
              signs.drop() * 100,
              signs.p()));
    }
    if (signs.estimatedDays() >= DAYS) {
      losses.add(
          "estimated accuracy is down and inputs drift for %d days"
              .formatted(signs.estimatedDays()));
    }
    return losses;
  }

  private static List<String> broken(List<Input> inputs) {
    return inputs.stream()
        .filter(it -> it.quality() == State.CRITICAL)
        .map(it -> it.name() + ": " + it.why())
        .toList();
  }

  static List<String> drifted(List<Input> inputs) {
    return inputs.stream()
        .filter(it -> it.state() == State.WARNING || it.state() == State.CRITICAL)
        .map(
            it ->
                String.format(
                    Locale.ROOT, "%s drifted, PSI %.3f", it.name(), it.score().orElse(Double.NaN)))
        .toList();
  }
}
