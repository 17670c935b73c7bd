package io.tocsin.drift;

import java.util.Arrays;
import java.util.Map;

/**
 * What is compared with a reference: raw numbers, counts in the reference's bins, or categories.
 */
public sealed interface Window {

  /** Rows that are not missing. */
  long rows();

  /** A window of raw numbers; what is not finite is left out. */
  static Window of(double... values) {
    return new Values(Arrays.stream(values).filter(Double::isFinite).toArray());
  }

  /** Raw numbers, all finite, in any order; the array is not to be changed. */
  record Values(double[] values) implements Window {
    @Override
    public long rows() {
      return values.length;
    }
  }

  /** Numbers counted in the fine bins of {@link NumericReference#bin}. */
  record BinCounts(long[] counts) implements Window {
    @Override
    public long rows() {
      return Arrays.stream(counts).sum();
    }
  }

  /** Rows per category. */
  record Categories(Map<String, Long> counts) implements Window {
    public Categories {
      counts = Map.copyOf(counts);
    }

    @Override
    public long rows() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
