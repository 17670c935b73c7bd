package io.tocsin.drift;

/**
 * How much data a comparison needs before its score means anything. A population stability index of
 * identical distributions has a mean of about (bins - 1)(1/n + 1/m), so a fixed threshold of 0.1 on
 * 100 rows is a false alarm in 40 % of all windows.
 *
 * @param minReference rows the reference needs
 * @param minCurrent rows the current window needs
 * @param rowsPerBin a bin that neither expects nor holds this many current rows is merged with its
 *     neighbour, which keeps the chi-square floor sound; 0 never merges
 * @param significance chance that sampling alone passes the floor; 0 means no floor
 */
public record Guard(long minReference, long minCurrent, int rowsPerBin, double significance) {

  /** The plain definitions, for comparing with other tools: no minimum, no merging, no floor. */
  public static final Guard OFF = new Guard(1, 1, 0, 0);

  /** 1000 reference rows, 200 current rows, 20 rows per bin, a floor passed 1 time in 1000. */
  public static final Guard STANDARD = forMinimum(200);

  /**
   * A guard for at least {@code minCurrent} current rows and five times as many in the reference.
   */
  public static Guard forMinimum(long minCurrent) {
    return new Guard(5 * minCurrent, minCurrent, 20, 0.001);
  }

  /** Current rows needed: two bins' worth at least, since one bin cannot differ from itself. */
  long neededCurrent() {
    return Math.max(minCurrent, 2L * rowsPerBin);
  }
}
