package io.tocsin.drift;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Two-sample Kolmogorov-Smirnov, two-sided: D is the largest gap between the empirical distribution
 * functions, looked at after each distinct value; p is P(D' >= D) by SciPy's rules: exact while
 * both sides have at most 10 000 rows, else Smirnov's asymptotic form with the one-sample
 * distribution of round(nm / (n + m)) rows.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.ks_2samp.html">scipy.stats.ks_2samp</a>
 */
final class KolmogorovSmirnov {

  private static final int EXACT_ROWS = 10_000;
  private static final int MOST_ROWS = 1_000_000;
  private static final KolmogorovSmirnovTest TEST =
      KolmogorovSmirnovTest.withDefaults().with(PValueMethod.EXACT);

  private KolmogorovSmirnov() {}

  static DriftResult compare(Reference reference, Window window, Guard guard) {
    return switch (reference) {
      case CategoricalReference ignored ->
          new DriftResult.Unsuitable("Kolmogorov-Smirnov needs an order, and categories have none");
      case NumericReference numeric ->
          numeric.hasValues() && window instanceof Window.Values(double[] values)
              ? raw(numeric.values(), values, guard)
              : binned(numeric.align(window), guard);
    };
  }

  private static DriftScore raw(double[] before, double[] after, Guard guard) {
    Answer answer = ofValues(before, after);
    return score(answer, before.length, after.length, 0, 0, guard);
  }

  private static DriftScore binned(Reference.Aligned counts, Guard guard) {
    long n = Arrays.stream(counts.reference()).sum();
    long m = Arrays.stream(counts.current()).sum();
    double widest = 0;
    double d = 0;
    long before = 0;
    long after = 0;
    for (int i = 0; i < counts.reference().length; i++) {
      double p = (double) counts.reference()[i] / n;
      double q = (double) counts.current()[i] / m;
      widest = Math.max(widest, Math.max(p, q));
      before += counts.reference()[i];
      after += counts.current()[i];
      d = Math.max(d, Math.abs((double) before / n - (double) after / m));
    }
    Answer answer =
        Math.max(n, m) <= EXACT_ROWS
            ? ofValues(spread(counts.reference()), spread(counts.current()))
            : new Answer(d, asymptotic(d, n, m));
    return score(answer, n, m, counts.reference().length, Math.min(widest, 1 - d), guard);
  }

  private record Answer(double d, double p) {}

  private static Answer ofValues(double[] before, double[] after) {
    int n = before.length;
    int m = after.length;
    if (n == 1 || m == 1) {
      double d = single(n == 1 ? before[0] : after[0], n == 1 ? after : before);
      long others = Math.max(n, m);
      return new Answer(d, Math.min(1, 2 * (others - Math.rint(d * others) + 1) / (others + 1)));
    }
    if (Math.max(n, m) <= EXACT_ROWS) {
      var result = TEST.test(before, after);
      return new Answer(result.getStatistic(), result.getPValue());
    }
    double d = TEST.statistic(before, after);
    return new Answer(d, asymptotic(d, n, m));
  }

  /** D of one value against many: its rank is all there is. The library wants two values a side. */
  private static double single(double value, double[] others) {
    long below = Arrays.stream(others).filter(other -> other < value).count();
    long above = Arrays.stream(others).filter(other -> other > value).count();
    return (double) Math.max(below, above) / others.length;
  }

  /**
   * P(D' >= d) for the one-sample statistic of round(nm / (n + m)) rows, halves to even. The
   * library's distribution is reached through its one-sample test, by a sample made to lie exactly
   * d from its model.
   */
  private static double asymptotic(double d, long n, long m) {
    double effective = Math.rint((double) n * m / (n + m));
    int rows = (int) Math.min(effective, MOST_ROWS);
    double gap = rows == effective ? d : rescaled(d, effective, rows);
    if (gap * rows <= 0.5) {
      return 1;
    }
    double[] ranks = IntStream.rangeClosed(1, rows).asDoubleStream().toArray();
    return TEST.test(ranks, rank -> Math.max(0, rank / rows - gap)).getPValue();
  }

  /**
   * The gap that is as unlikely for fewer rows, by Vrbik's correction of the limiting distribution:
   * d sqrt(n) + 1 / (6 sqrt(n)) stays the same. From a million rows on, its error is below 1e-6.
   *
   * <p>Source: J. Vrbik, Small-sample corrections to Kolmogorov-Smirnov test statistic, 2018.
   */
  private static double rescaled(double d, double from, double to) {
    double same = d * Math.sqrt(from) + 1 / (6 * Math.sqrt(from));
    return (same - 1 / (6 * Math.sqrt(to))) / Math.sqrt(to);
  }

  /** Counts as tied values: the bin's number, as often as it was counted. */
  private static double[] spread(long[] counts) {
    return IntStream.range(0, counts.length)
        .boxed()
        .flatMapToInt(i -> IntStream.generate(() -> i).limit(counts[i]))
        .asDoubleStream()
        .toArray();
  }

  /** The floor is the critical D, sqrt(-ln(significance / 2) / 2 * (n + m) / nm). */
  private static DriftScore score(
      Answer answer, long n, long m, int bins, double resolution, Guard guard) {
    double floor =
        guard.significance() == 0
            ? 0
            : Math.sqrt(-Math.log(guard.significance() / 2) / 2 * (1.0 / n + 1.0 / m));
    return new DriftScore(answer.d(), OptionalDouble.of(answer.p()), n, m, bins, floor, resolution);
  }
}
