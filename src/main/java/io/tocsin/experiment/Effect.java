package io.tocsin.experiment;

import io.tocsin.drift.measure.Interval;
import io.tocsin.drift.measure.Normal;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a treatment changed of a metric, against the control.
 *
 * <p>The fixed interval and p are those of a test planned for one look (Welch's z): looking often
 * makes them lie. The always-valid ones hold at every look at once, whenever one stops: they are
 * the mixture sequential probability ratio test with a normal mixture whose standard deviation is
 * the metric's minimum effect. With d the difference, s^2 its variance and t the minimum effect, p
 * = sqrt((s^2 + t^2) / s^2) exp(-t^2 d^2 / (2 s^2 (s^2 + t^2))), and the interval holds all
 * differences that p does not reject. It needs no planned end and no limit on looks, its variance
 * is estimated (so it is asymptotic: {@link ExperimentResult#FEWEST_UNITS} units), and it is the
 * narrowest where the true effect is about the minimum one.
 *
 * <p>Sources: H. Robbins, Statistical methods related to the law of the iterated logarithm, Annals
 * of Mathematical Statistics 41, 1970; R. Johari, P. Koomen, L. Pekelis and D. Walsh, Always valid
 * inference: continuous monitoring of A/B tests, Operations Research 70, 2022.
 *
 * @param control mean of the control
 * @param treatment mean of the treatment
 * @param difference treatment - control
 * @param relative difference over the control's mean; empty when that is 0
 * @param fixed interval for one planned look
 * @param fixedP p-value for one planned look
 * @param always interval that holds at every look
 * @param alwaysP p-value that holds at every look
 * @param power chance of seeing the minimum effect with one look at these sizes
 * @param needed units per variant for the planned power; empty while the variance is unknown
 */
public record Effect(
    String metric,
    String variant,
    double control,
    double treatment,
    double difference,
    OptionalDouble relative,
    Interval fixed,
    double fixedP,
    Interval always,
    double alwaysP,
    double power,
    OptionalLong needed) {

  /**
   * Compares two tallies of at least two units each.
   *
   * @param alpha of this comparison, after sharing it among treatments
   */
  static Effect of(
      Metric metric, String variant, Tally control, Tally treatment, double alpha, double power) {
    double difference = treatment.mean() - control.mean();
    double variance = control.error() + treatment.error();
    double error = Math.sqrt(variance);
    double z = Normal.critical(alpha / 2);
    double least = metric.minimumEffect();
    double half = halfWidth(variance, least, alpha);
    return new Effect(
        metric.name(),
        variant,
        control.mean(),
        treatment.mean(),
        difference,
        control.mean() == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(difference / Math.abs(control.mean())),
        Interval.around(difference, error, z),
        variance == 0 ? (difference == 0 ? 1 : 0) : Normal.twoSided(difference / error),
        new Interval(difference - half, difference + half),
        alwaysP(difference, variance, least),
        variance == 0 ? 1 : Normal.survival(z - least / error),
        needed(control, treatment, least, alpha, power));
  }

  static double alwaysP(double difference, double variance, double mixture) {
    if (variance == 0) {
      return difference == 0 ? 1 : 0;
    }
    double square = mixture * mixture;
    double sum = variance + square;
    return Math.min(
        1,
        Math.sqrt(sum / variance)
            * Math.exp(-square * difference * difference / (2 * variance * sum)));
  }

  static double halfWidth(double variance, double mixture, double alpha) {
    double square = mixture * mixture;
    double sum = variance + square;
    return Math.sqrt(
        2 * variance * sum / square * (Math.log(1 / alpha) + Math.log(sum / variance) / 2));
  }

  /** 2 v ((z(alpha/2) + z(1 - power)) / minimum effect)^2 units, v the mean variance of a unit. */
  private static OptionalLong needed(
      Tally control, Tally treatment, double least, double alpha, double power) {
    double variance = (control.variance() + treatment.variance()) / 2;
    if (!(variance > 0)) {
      return OptionalLong.empty();
    }
    double z = (Normal.critical(alpha / 2) + Normal.critical(1 - power)) / least;
    return OptionalLong.of((long) Math.ceil(2 * variance * z * z));
  }

  /** Whether the metric has certainly become better. */
  boolean better(Metric metric) {
    return metric.goal() == Metric.Goal.INCREASE ? always.low() > 0 : always.high() < 0;
  }

  /** Whether it has certainly become worse than a margin. */
  boolean worse(Metric metric, double margin) {
    return metric.goal() == Metric.Goal.INCREASE ? always.high() < -margin : always.low() > margin;
  }

  /** Whether any change is certainly smaller than the minimum effect. */
  boolean negligible(Metric metric) {
    return always.low() > -metric.minimumEffect() && always.high() < metric.minimumEffect();
  }
}
