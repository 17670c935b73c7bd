package io.tocsin.drift;

import io.tocsin.drift.option.Parameter;
import java.util.Arrays;
import java.util.List;
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

  /** How to compute the p-value. */
  private enum Method {
    /** Exact up to 10 000 rows a side, else asymptotic. */
    AUTO,
    EXACT,
    /** The one-sample distribution of round(nm / (n + m)) rows. */
    ASYMPTOTIC,
    /** Kolmogorov's limit for infinitely many rows. */
    LIMITING
  }

  static final List<Parameter> PARAMETERS =
      List.of(Parameter.choice("p_value", Method.AUTO, "How the p-value is computed."));

  private KolmogorovSmirnov() {}

  static DriftResult compare(Comparison comparison) {
    return switch (comparison.reference()) {
      case CategoricalReference ignored ->
          new DriftResult.Unsuitable("Kolmogorov-Smirnov needs an order, and categories have none");
      case NumericReference numeric ->
          comparison
              .raw()
              .map(raw -> raw(raw, comparison))
              .orElseGet(() -> binned(numeric.align(comparison.window()), comparison));
    };
  }

  private static DriftScore raw(Comparison.Raw raw, Comparison comparison) {
    Answer answer = ofValues(raw.reference(), raw.current(), method(comparison));
    return score(answer, raw.reference().length, raw.current().length, 0, 0, comparison.guard());
  }

  private static Method method(Comparison comparison) {
    return comparison.options().choice("p_value", Method.class);
  }

  private static DriftScore binned(Reference.Aligned counts, Comparison comparison) {
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
    Method method = method(comparison);
    Answer answer =
        Math.max(n, m) <= EXACT_ROWS
            ? ofValues(spread(counts.reference()), spread(counts.current()), method)
            : new Answer(d, p(d, n, m, method));
    return score(
        answer, n, m, counts.reference().length, Math.min(widest, 1 - d), comparison.guard());
  }

  private record Answer(double d, double p) {}

  private static Answer ofValues(double[] before, double[] after, Method method) {
    int n = before.length;
    int m = after.length;
    boolean small = Math.max(n, m) <= EXACT_ROWS;
    if (method == Method.EXACT && !small) {
      throw new IllegalArgumentException(
          "an exact Kolmogorov-Smirnov p-value needs at most %d rows a side".formatted(EXACT_ROWS));
    }
    boolean exact = small && (method == Method.AUTO || method == Method.EXACT);
    if (n == 1 || m == 1) {
      double d = single(n == 1 ? before[0] : after[0], n == 1 ? after : before);
      return new Answer(d, exact ? exactOfOne(d, Math.max(n, m)) : p(d, n, m, method));
    }
    if (exact) {
      var result = TEST.test(before, after);
      return new Answer(result.getStatistic(), result.getPValue());
    }
    double d = TEST.statistic(before, after);
    return new Answer(d, p(d, n, m, method));
  }

  private static double exactOfOne(double d, long others) {
    return Math.min(1, 2 * (others - Math.rint(d * others) + 1) / (others + 1));
  }

  private static double p(double d, long n, long m, Method method) {
    return method == Method.LIMITING
        ? limiting(d * Math.sqrt((double) n * m / (n + m)))
        : asymptotic(d, n, m);
  }

  /** 2 sum (-1)^(k-1) exp(-2 k^2 x^2). A. Kolmogorov, 1933. */
  private static double limiting(double x) {
    if (x < 0.2) {
      return 1;
    }
    double sum = 0;
    for (int k = 1; k <= 200; k++) {
      double term = 2 * Math.exp(-2.0 * k * k * x * x);
      sum += k % 2 == 1 ? term : -term;
      if (term < 1e-18) {
        break;
      }
    }
    return Math.clamp(sum, 0.0, 1.0);
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
    if (rows <= 1) {
      return Math.min(1, 2 * (1 - d));
    }
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
    return DriftScore.of(answer.d(), n, m).p(answer.p()).bins(bins, resolution).floor(floor);
  }
}
