package io.tocsin.promql;

import java.util.Optional;

/**
 * When a selector or subquery looks, relative to the evaluation time or fixed by {@code @}.
 *
 * @param offset how far back; negative looks forward
 * @param at the {@code @} modifier, if any
 */
public record Shift(DurationExpr offset, Optional<At> at) {

  /** At the evaluation time. */
  public static final Shift NONE = new Shift(DurationExpr.ZERO, Optional.empty());

  /** A fixed time. */
  public sealed interface At {
    /** Milliseconds since the epoch. */
    record Time(long millis) implements At {}

    /** The query's start or end: {@code @ start()}, {@code @ end()}. */
    enum Edge implements At {
      START,
      END
    }
  }
}
