package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.Arrays;
import java.util.List;

/**
 * Generalised likelihood ratio for error rates: a drift when some cut of the window has n0 kl(p0,
 * p) + n1 kl(p1, p) above ln(2 ln W / delta) + slack, p0 and p1 being the means of its sides, p
 * that of the window, kl the divergence of Bernoulli distributions. Cuts lie between buckets of 1,
 * 2, 4, ... values as in ADWIN, so time and memory grow with the logarithm of the window. The
 * likelihood ratio knows how little a rate near 0 scatters, which ADWIN's variance bound gives
 * away. After a drift the newer side stays.
 *
 * <p>Source: L. Besson, E. Kaufmann, O.-A. Maillard and J. Seznec, Efficient change-point detection
 * for tackling piecewise-stationary bandits, JMLR 23, 2022; the cuts are ADWIN's.
 */
final class Glr implements Detector {

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("delta", 1e-12, 1, 0.002, "Chance of a false drift, as in ADWIN."),
          Parameter.real("slack", 0, 100, 4, "Added to the threshold, in nats."),
          Parameter.real("warning_share", 0, 1, 0.7, "Share of the threshold that is a warning."),
          Parameter.whole("min_side", 1, 1_000_000, 5, "Values that either side of a cut needs."),
          Parameter.whole("max_buckets", 2, 1000, 5, "Buckets of a size before two are merged."),
          Direction.PARAMETER);

  private final double delta;
  private final double slack;
  private final double warningShare;
  private final int side;
  private final int most;
  private final Direction direction;
  private long[] sizes = new long[64];
  private double[] totals = new double[64];
  private int buckets;
  private double width;
  private double total;

  Glr(Options options) {
    delta = options.real("delta");
    slack = options.real("slack");
    warningShare = options.real("warning_share");
    side = options.whole("min_side");
    most = options.whole("max_buckets");
    direction = Direction.of(options);
  }

  @Override
  public State add(double value) {
    append(Math.clamp(value, 0.0, 1.0));
    if (width < 2 * side) {
      return State.STABLE;
    }
    double threshold = Math.log(2 * Math.log(width) / delta) + slack;
    double highest = 0;
    int cut = 0;
    double n1 = 0;
    double u1 = 0;
    for (int i = buckets - 1; i > 0; i--) {
      n1 += sizes[i];
      u1 += totals[i];
      double n0 = width - n1;
      double u0 = total - u1;
      if (n0 < side) {
        break;
      }
      if (n1 >= side && direction.counts(u0 / n0, u1 / n1)) {
        double ratio = ratio(n0, u0, n1, u1);
        if (ratio > highest) {
          highest = ratio;
          cut = i;
        }
      }
    }
    if (highest > threshold) {
      keepFrom(cut);
      return State.DRIFT;
    }
    return highest > warningShare * threshold ? State.WARNING : State.STABLE;
  }

  private double ratio(double n0, double u0, double n1, double u1) {
    double both = total / width;
    return n0 * divergence(u0 / n0, both) + n1 * divergence(u1 / n1, both);
  }

  private static double divergence(double p, double q) {
    return term(p, q) + term(1 - p, 1 - q);
  }

  private static double term(double p, double q) {
    return p <= 0 ? 0 : p * Math.log(p / q);
  }

  private void append(double value) {
    if (buckets == sizes.length) {
      sizes = Arrays.copyOf(sizes, buckets * 2);
      totals = Arrays.copyOf(totals, buckets * 2);
    }
    sizes[buckets] = 1;
    totals[buckets++] = value;
    width++;
    total += value;
    compress();
  }

  /** Merges the two oldest buckets of a size while there are too many of it. */
  private void compress() {
    int end = buckets;
    for (long size = 1; end > 0; size *= 2) {
      int start = end;
      while (start > 0 && sizes[start - 1] == size) {
        start--;
      }
      if (end - start <= most) {
        return;
      }
      sizes[start] = 2 * size;
      totals[start] += totals[start + 1];
      int moved = buckets - start - 2;
      System.arraycopy(sizes, start + 2, sizes, start + 1, moved);
      System.arraycopy(totals, start + 2, totals, start + 1, moved);
      buckets--;
      end = start + 1;
    }
  }

  private void keepFrom(int cut) {
    buckets -= cut;
    System.arraycopy(sizes, cut, sizes, 0, buckets);
    System.arraycopy(totals, cut, totals, 0, buckets);
    width = 0;
    total = 0;
    for (int i = 0; i < buckets; i++) {
      width += sizes[i];
      total += totals[i];
    }
  }
}
