package io.tocsin.drift.measure;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * Baumgartner-Weiss-Schindler: squared distances of the ranks from where they are expected,
 * weighted by their variance, so that the tails count. p counts the divisions of the rows with at
 * least this statistic: all of them when there are at most 9999, else that many drawn with a fixed
 * seed.
 *
 * <p>Source: W. Baumgartner, P. Weiss and H. Schindler, Biometrics 54, 1998.
 *
 * @see <a
 *     href="https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.bws_test.html">scipy.stats.bws_test</a>
 */
public final class BaumgartnerWeissSchindler {

  /** Beyond this many rows a permutation test takes too long. */
  public static final int MOST_ROWS = 20_000;

  private static final int DRAWS = 9999;

  private BaumgartnerWeissSchindler() {}

  /**
   * Tests two samples of raw values.
   *
   * @throws IllegalArgumentException beyond {@link #MOST_ROWS} rows
   */
  public static Tested test(Pooled pooled) {
    if (pooled.n() + pooled.m() > MOST_ROWS) {
      throw new IllegalArgumentException(
          "Baumgartner-Weiss-Schindler takes at most %d rows".formatted(MOST_ROWS));
    }
    var ranks = new double[(int) (pooled.n() + pooled.m())];
    var mine = new boolean[ranks.length];
    int row = 0;
    for (int i = 0; i < pooled.size(); i++) {
      int tied = (int) (pooled.first()[i] + pooled.second()[i]);
      double rank = row + (tied + 1) / 2.0;
      for (int k = 0; k < tied; k++) {
        mine[row] = k < pooled.first()[i];
        ranks[row++] = rank;
      }
    }
    double statistic = statistic(ranks, mine, (int) pooled.n());
    return Tested.of(statistic, p(ranks, mine.clone(), (int) pooled.n(), statistic));
  }

  private static double statistic(double[] ranks, boolean[] mine, int n) {
    int m = ranks.length - n;
    double a = 0;
    double b = 0;
    int i = 0;
    int j = 0;
    for (int row = 0; row < ranks.length; row++) {
      if (mine[row]) {
        a += term(ranks[row], ++i, n, m);
      } else {
        b += term(ranks[row], ++j, m, n);
      }
    }
    return (a / n + b / m) / 2;
  }

  private static double term(double rank, int i, double n, double m) {
    double gap = rank - (m + n) / n * i;
    double share = i / (n + 1);
    return gap * gap / (share * (1 - share) * m * (m + n) / n);
  }

  private static double p(double[] ranks, boolean[] mine, int n, double statistic) {
    double bound = statistic - Math.abs(statistic) * 1e-14;
    double divisions = CombinatoricsUtils.binomialCoefficientLog(ranks.length, n);
    if (divisions <= Math.log(DRAWS) + 1e-9) {
      return every(ranks, n, bound);
    }
    var random = new SplittableRandom(0);
    int atLeast = 1;
    for (int draw = 0; draw < DRAWS; draw++) {
      shuffle(mine, random);
      atLeast += statistic(ranks, mine, n) >= bound ? 1 : 0;
    }
    return atLeast / (DRAWS + 1.0);
  }

  private static double every(double[] ranks, int n, double bound) {
    int atLeast = 0;
    int all = 0;
    var division = new boolean[ranks.length];
    var combinations = CombinatoricsUtils.combinationsIterator(ranks.length, n);
    while (combinations.hasNext()) {
      Arrays.fill(division, false);
      for (int row : combinations.next()) {
        division[row] = true;
      }
      all++;
      atLeast += statistic(ranks, division, n) >= bound ? 1 : 0;
    }
    return (double) atLeast / all;
  }

  private static void shuffle(boolean[] rows, SplittableRandom random) {
    for (int i = rows.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      boolean swap = rows[i];
      rows[i] = rows[j];
      rows[j] = swap;
    }
  }
}
