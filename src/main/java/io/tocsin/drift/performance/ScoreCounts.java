package io.tocsin.drift.performance;

import java.util.ArrayList;
import java.util.List;

/**
 * Judged rows by score of the positive class, in classes of equal width from 0 to 1.
 *
 * @param positives rows that were positive
 * @param negatives rows that were not
 * @param brier sum of (score - truth)^2, exact
 * @param logLoss sum of -ln of what was given to the truth, exact
 */
public record ScoreCounts(
    List<Long> positives, List<Long> negatives, double brier, double logLoss) {

  /** No rows. */
  public static final ScoreCounts NONE = new ScoreCounts(List.of(), List.of(), 0, 0);

  private static final Measured UNKNOWN = new Measured(Double.NaN, Double.NaN);

  public ScoreCounts {
    positives = List.copyOf(positives);
    negatives = List.copyOf(negatives);
  }

  /** Both together. */
  public ScoreCounts plus(ScoreCounts other) {
    return new ScoreCounts(
        sum(positives, other.positives),
        sum(negatives, other.negatives),
        brier + other.brier,
        logLoss + other.logLoss);
  }

  private static List<Long> sum(List<Long> a, List<Long> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    var both = new ArrayList<Long>();
    for (int i = 0; i < a.size(); i++) {
      both.add(a.get(i) + b.get(i));
    }
    return both;
  }

  /** Rows. */
  public long rows() {
    return total(positives) + total(negatives);
  }

  private static long total(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Area under the ROC curve, scores of one class counting as ties, with DeLong's error (see {@link
   * Ranking}); NaN with one kind of row only.
   */
  public Measured rocAuc() {
    double n = total(positives);
    double m = total(negatives);
    if (n == 0 || m == 0) {
      return UNKNOWN;
    }
    double below = 0;
    double belowToo = 0;
    double area = 0;
    double squares = 0;
    double squaresToo = 0;
    for (int i = 0; i < positives.size(); i++) {
      double tied = positives.get(i);
      double tiedToo = negatives.get(i);
      double placement = (belowToo + tiedToo / 2) / m;
      double placementToo = (n - below - tied / 2) / n;
      area += tied * placement;
      squares += tied * placement * placement;
      squaresToo += tiedToo * placementToo * placementToo;
      below += tied;
      belowToo += tiedToo;
    }
    double auc = area / n;
    return new Measured(
        auc, Math.sqrt(spread(squares, n, auc) / n + spread(squaresToo, m, auc) / m));
  }

  private static double spread(double squares, double rows, double mean) {
    return rows < 2 ? 0 : Math.max(0, (squares - rows * mean * mean) / (rows - 1));
  }

  /** Mean squared distance of score and truth; its error by the middles of the classes. */
  public Measured brierScore() {
    return mean(brier, (middle, positive) -> Math.pow(middle - (positive ? 1 : 0), 2));
  }

  /** Mean -ln of what was given to the truth, nats; its error by the middles of the classes. */
  public Measured meanLogLoss() {
    return mean(logLoss, (middle, positive) -> -Math.log(positive ? middle : 1 - middle));
  }

  private interface Loss {
    double of(double middle, boolean positive);
  }

  private Measured mean(double sum, Loss loss) {
    double rows = rows();
    if (rows < 2) {
      return UNKNOWN;
    }
    double losses = 0;
    double squares = 0;
    for (int i = 0; i < positives.size(); i++) {
      double middle = (i + 0.5) / positives.size();
      double hit = loss.of(middle, true);
      double miss = loss.of(middle, false);
      losses += positives.get(i) * hit + negatives.get(i) * miss;
      squares += positives.get(i) * hit * hit + negatives.get(i) * miss * miss;
    }
    return new Measured(sum / rows, Math.sqrt(spread(squares, rows, losses / rows) / rows));
  }
}
