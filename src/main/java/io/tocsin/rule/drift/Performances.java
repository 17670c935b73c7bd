package io.tocsin.rule.drift;

import io.tocsin.drift.NumericReference;
import io.tocsin.drift.Window;
import io.tocsin.drift.measure.Normal;
import io.tocsin.drift.performance.AccuracyDrop;
import io.tocsin.drift.performance.Estimate;
import io.tocsin.drift.performance.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How well a model answers, by its labels or, while they are late, by its own confidence. */
record Performances(DriftTerms terms, ModelHistory past, Target target) {

  /** A drop counts when sampling alone would do it less often than this, one-sided. */
  static final double SIGNIFICANCE = 0.01;

  /** Sampling errors that an estimated drop has to exceed. */
  private static final double ERRORS = 3;

  List<Row> drop(Metric metric, List<Reading.Span> reference, Reading.Span now) {
    ModelHistory.Judged before = Past.judged(past, target, reference);
    ModelHistory.Judged after = past.judged(target, now.from(), now.to());
    return List.of(
        metric == Metric.ACCURACY ? accuracy(before, after) : worse(metric, before, after));
  }

  private Optional<Row> tooFew(String name, String method, long before, long after) {
    if (before >= terms.minReference() && after >= terms.minSamples()) {
      return Optional.empty();
    }
    return Optional.of(
        Row.without(
            name,
            method,
            Row.State.INSUFFICIENT_DATA,
            terms.thresholds(),
            before,
            after,
            "%d labelled rows in the window (%d needed), %d before (%d needed)"
                .formatted(after, terms.minSamples(), before, terms.minReference())));
  }

  private Row accuracy(ModelHistory.Judged before, ModelHistory.Judged after) {
    Optional<Row> few = tooFew("accuracy", "accuracy", before.rows(), after.rows());
    if (few.isPresent()) {
      return few.get();
    }
    var drop = AccuracyDrop.of(before.right(), before.rows(), after.right(), after.rows());
    double error = Math.abs(drop.z()) < 1e-12 ? 0 : Math.abs(drop.drop() / drop.z());
    return new Row(
        "accuracy",
        "accuracy",
        state(drop.drop(), drop.p()),
        drop.drop(),
        effect(drop.drop()),
        terms.thresholds(),
        OptionalDouble.of(drop.p()),
        OptionalDouble.empty(),
        Normal.critical(SIGNIFICANCE) * error,
        before.rows(),
        after.rows(),
        0,
        "accuracy from %s to %s".formatted(words(drop.before()), words(drop.after())),
        List.of("Cohen's h " + Spread.figure(drop.cohensH())),
        Optional.empty());
  }

  private static String words(Estimate share) {
    return "%s (95 %% between %s and %s)"
        .formatted(
            Spread.percent(share.value()),
            Spread.percent(share.low()),
            Spread.percent(share.high()));
  }

  /** The size that counts: a fall by itself, or either way. */
  private double effect(double drop) {
    return switch (terms.side()) {
      case WORSE -> drop;
      case BOTH -> Math.abs(drop);
    };
  }

  /**
   * @param p one-sided, of a drop this large
   */
  private Row.State state(double drop, double p) {
    if (drop < 0 && terms.side() == Side.WORSE) {
      return 1 - p < SIGNIFICANCE && -drop >= terms.thresholds().least()
          ? Row.State.IMPROVED
          : Row.State.QUIET;
    }
    boolean real = Math.min(p, drop < 0 ? 1 - p : p) < SIGNIFICANCE;
    return real
        ? terms.thresholds().level(Math.abs(drop)).map(Distributions::state).orElse(Row.State.QUIET)
        : Row.State.QUIET;
  }

  /** A fall in points, or for errors the rise over what they were; noise by their own errors. */
  private Row worse(Metric metric, ModelHistory.Judged before, ModelHistory.Judged after) {
    String id = metric.id();
    Optional<Row> few = tooFew(id, id, metric.rows(before), metric.rows(after));
    if (few.isPresent()) {
      return few.get();
    }
    Optional<String> positive =
        Metric.positive(
            past.spec(target.model()).positive(), before.plus(after).answers().confusion());
    Measured was = metric.of(before, positive);
    Measured is = metric.of(after, positive);
    if (Double.isNaN(was.value()) || Double.isNaN(is.value())) {
      return undefined(metric, before, after);
    }
    double change = metric.higherIsBetter() ? was.value() - is.value() : is.value() - was.value();
    double unit = metric.higherIsBetter() ? 1 : was.value();
    double drop = unit > 0 ? change / unit : change > 0 ? Double.MAX_VALUE : 0;
    double error = Math.hypot(was.error(), is.error());
    double p = error > 0 ? Normal.survival(change / error) : change > 0 ? 0 : 1;
    return new Row(
        id,
        id,
        state(drop, p),
        drop,
        effect(drop),
        terms.thresholds(),
        OptionalDouble.of(p),
        OptionalDouble.empty(),
        unit > 0 ? Normal.critical(SIGNIFICANCE) * error / unit : 0,
        metric.rows(before),
        metric.rows(after),
        0,
        "%s from %s to %s"
            .formatted(metric.words(), Spread.figure(was.value()), Spread.figure(is.value())),
        positive(metric, positive),
        Optional.empty());
  }

  private Row undefined(Metric metric, ModelHistory.Judged before, ModelHistory.Judged after) {
    return Row.without(
        metric.id(),
        metric.id(),
        Row.State.INSUFFICIENT_DATA,
        terms.thresholds(),
        metric.rows(before),
        metric.rows(after),
        metric.words() + " is not defined: the labels of one side do not differ");
  }

  private static List<String> positive(Metric metric, Optional<String> positive) {
    return switch (metric) {
      case PRECISION, RECALL, F1 ->
          List.of(positive.map(name -> "of the class " + name).orElse("mean of all classes"));
      case ACCURACY, ROC_AUC, LOG_LOSS, BRIER, MAE, RMSE, R2 -> List.of();
    };
  }

  /**
   * Accuracy expected of the window (CBPE): each confidence stands for the share of right answers
   * that the reference's labels showed at it, made rising by pooling neighbours.
   */
  List<Row> estimated(List<Reading.Span> reference, Optional<ModelHistory.Sides> confidence) {
    ModelHistory.Judged before = Past.judged(past, target, reference);
    long current = confidence.map(sides -> sides.window().rows()).orElse(0L);
    Optional<Row> few = tooFew("estimated accuracy", "cbpe", before.rows(), current);
    if (few.isPresent() || confidence.isEmpty()) {
      return few.stream().toList();
    }
    var curve = CalibrationCurve.of(before.calibration());
    double right = 0;
    double variance = 0;
    for (double[] group : groups(confidence.get())) {
      double p = curve.at(group[0]);
      right += p * group[1];
      variance += p * (1 - p) * group[1];
    }
    double was = (double) before.right() / before.rows();
    double estimate = right / current;
    double error = Math.sqrt(variance) / current;
    double drop = was - estimate;
    Row.State state =
        Math.abs(drop) > ERRORS * error
            ? drop < 0 && terms.side() == Side.WORSE
                ? -drop >= terms.thresholds().least() ? Row.State.IMPROVED : Row.State.QUIET
                : terms
                    .thresholds()
                    .level(Math.abs(drop))
                    .map(Distributions::state)
                    .orElse(Row.State.QUIET)
            : Row.State.QUIET;
    return List.of(
        new Row(
            "estimated accuracy",
            "cbpe",
            state,
            drop,
            effect(drop),
            terms.thresholds(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            ERRORS * error,
            before.rows(),
            current,
            confidence.get().now().missing(),
            "accuracy %s before, estimated %s now"
                .formatted(Spread.percent(was), Spread.percent(estimate)),
            List.of(
                "estimated from confidence, not measured: it cannot see that the same inputs have"
                    + " come to mean other outcomes"),
            Optional.empty()));
  }

  /** Confidence and how many rows have it. */
  private static List<double[]> groups(ModelHistory.Sides sides) {
    var groups = new ArrayList<double[]>();
    if (sides.window() instanceof Window.Values(double[] values)) {
      for (double value : values) {
        groups.add(new double[] {value, 1});
      }
    } else if (sides.reference() instanceof NumericReference reference) {
      double[] edges = reference.edges();
      long[] counts = reference.align(sides.window()).current();
      for (int i = 0; i < counts.length; i++) {
        double low = i == 0 ? 0 : edges[i - 1];
        double high = i == edges.length ? 1 : edges[i];
        groups.add(new double[] {(low + high) / 2, counts[i]});
      }
    }
    return groups;
  }
}
