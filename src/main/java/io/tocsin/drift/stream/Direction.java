package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;
import java.util.function.Supplier;

/** Which way a mean has to move to count. */
public enum Direction {
  /** Up: what an error rate does when a model gets worse. */
  INCREASE,
  /** Down: what a hit rate does when a model gets worse. */
  DECREASE,
  /** Either way. */
  BOTH;

  static final Parameter PARAMETER =
      Parameter.choice(
          "direction",
          List.of("increase", "decrease", "both"),
          "increase",
          "Which way the mean has to move: increase is worse for errors, decrease for hits.");

  static Direction of(Options options) {
    return options.choice("direction", Direction.class);
  }

  /** Whether a move from one mean to another counts. */
  boolean counts(double before, double after) {
    return switch (this) {
      case INCREASE -> after > before;
      case DECREASE -> after < before;
      case BOTH -> true;
    };
  }

  /**
   * A detector of this direction from one that sees increases.
   *
   * @param mirror the number that values are subtracted from to look the other way: 1 for bits
   */
  Detector of(Supplier<Detector> increases, double mirror) {
    return switch (this) {
      case INCREASE -> increases.get();
      case DECREASE -> new Mirrored(increases.get(), mirror);
      case BOTH -> new Either(increases, mirror);
    };
  }

  private record Mirrored(Detector detector, double mirror) implements Detector {
    @Override
    public State add(double value) {
      return detector.add(mirror - value);
    }
  }

  /** Two detectors side by side; a drift of one starts both afresh. */
  private static final class Either implements Detector {
    private final Supplier<Detector> fresh;
    private final double mirror;
    private Detector up;
    private Detector down;

    Either(Supplier<Detector> fresh, double mirror) {
      this.fresh = fresh;
      this.mirror = mirror;
      this.up = fresh.get();
      this.down = fresh.get();
    }

    @Override
    public State add(double value) {
      State rise = up.add(value);
      State fall = down.add(mirror - value);
      State state = rise.compareTo(fall) >= 0 ? rise : fall;
      if (state == State.DRIFT) {
        up = fresh.get();
        down = fresh.get();
      }
      return state;
    }
  }
}
