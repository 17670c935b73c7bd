package io.tocsin.drift.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Which of many p-values count when looking at all of them at once. */
public final class MultipleTests {

  private MultipleTests() {}

  /**
   * Benjamini-Hochberg: rejects the k smallest, k being the largest rank with p(k) <= k q / n.
   *
   * <p>Source: Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, JRSS B 57, 1995.
   *
   * @param q the share of false discoveries allowed
   * @param strict "<" in place of "<=", as alibi-detect compares
   */
  public static boolean[] benjaminiHochberg(double[] p, double q, boolean strict) {
    Integer[] order = ascending(p);
    int rejected = 0;
    for (int i = 0; i < p.length; i++) {
      double bound = q * (i + 1) / p.length;
      double value = p[order[i]];
      if (strict ? value < bound : value <= bound) {
        rejected = i + 1;
      }
    }
    var found = new boolean[p.length];
    for (int i = 0; i < rejected; i++) {
      found[order[i]] = true;
    }
    return found;
  }

  /** The smallest q at which each p-value is rejected: min over larger ranks of n p(j) / j. */
  public static double[] adjusted(double[] p) {
    Integer[] order = ascending(p);
    var adjusted = new double[p.length];
    double least = 1;
    for (int i = p.length - 1; i >= 0; i--) {
      least = Math.min(least, p[order[i]] * p.length / (i + 1));
      adjusted[order[i]] = least;
    }
    return adjusted;
  }

  /** Bonferroni: p <= level / n. */
  public static boolean[] bonferroni(double[] p, double level, boolean strict) {
    var found = new boolean[p.length];
    double bound = level / p.length;
    for (int i = 0; i < p.length; i++) {
      found[i] = strict ? p[i] < bound : p[i] <= bound;
    }
    return found;
  }

  private static Integer[] ascending(double[] p) {
    Integer[] order = IntStream.range(0, p.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    return order;
  }
}
