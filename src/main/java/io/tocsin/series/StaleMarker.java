package io.tocsin.series;

/**
 * The NaN that says "this series ended here": one bit pattern, told apart from an ordinary NaN by
 * its bits alone.
 *
 * @see <a href="https://github.com/prometheus/prometheus/blob/main/model/value/value.go">Prometheus
 *     value.StaleNaN</a>
 */
public final class StaleMarker {

  /** Bits of the stale marker. */
  public static final long BITS = 0x7ff0000000000002L;

  /** The stale marker itself. */
  public static final double VALUE = Double.longBitsToDouble(BITS);

  private StaleMarker() {}

  /** Whether a value is the stale marker. */
  public static boolean is(double value) {
    return Double.doubleToRawLongBits(value) == BITS;
  }
}
