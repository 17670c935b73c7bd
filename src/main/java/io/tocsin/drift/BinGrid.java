package io.tocsin.drift;

/**
 * Finds bins fast for many values: cells of equal width over the edges say where to start looking,
 * and most cells hold no edge, so that a processor foresees the way.
 */
public final class BinGrid {

  private static final int CELLS = 1024;

  private final double[] edges;
  private final short[] start = new short[CELLS + 1];
  private final double low;
  private final double scale;

  /**
   * @param edges strictly increasing, at least one, at most {@link Short#MAX_VALUE}
   */
  BinGrid(double[] edges) {
    this.edges = edges;
    low = edges[0];
    double range = edges[edges.length - 1] - low;
    double wanted = range > 0 ? (CELLS - 1) / range : 0;
    scale = Double.isFinite(wanted) ? wanted : 0;
    int below = 0;
    for (int cell = 0; cell <= CELLS; cell++) {
      while (below < edges.length && (edges[below] - low) * scale < cell) {
        below++;
      }
      start[cell] = (short) below;
    }
  }

  /** Adds the first values to counts per bin. */
  void count(double[] values, int size, long[] into) {
    for (int i = 0; i < size; i++) {
      into[bin(values[i])]++;
    }
  }

  /** How many edges lie below a value. */
  public int bin(double value) {
    // The cast sends what is too small for a cell to the first and what is too large to the last.
    int cell = (int) Math.min(Math.max((value - low) * scale, 0), CELLS);
    int bin = start[cell];
    while (bin < edges.length && edges[bin] < value) {
      bin++;
    }
    while (bin > 0 && edges[bin - 1] >= value) {
      bin--;
    }
    return bin;
  }
}
