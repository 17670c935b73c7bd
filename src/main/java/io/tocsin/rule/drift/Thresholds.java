package io.tocsin.rule.drift;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * From which size on an effect counts. Larger is worse for every kind; where the figure itself
 * falls, as nDCG does, its distance from the best is measured.
 *
 * @param warning worth a look; absent when only one threshold was named
 * @param critical worth acting on
 */
public record Thresholds(OptionalDouble warning, double critical) {

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException for thresholds that are not above 0, or in the wrong order
   */
  public Thresholds {
    if (!(critical > 0) || Double.isInfinite(critical)) {
      throw new IllegalArgumentException("a threshold above 0");
    }
    if (warning.isPresent() && !(warning.getAsDouble() > 0 && warning.getAsDouble() <= critical)) {
      throw new IllegalArgumentException(
          "a warning threshold above 0 and at most the critical one");
    }
  }

  /** Two levels. */
  public static Thresholds of(double warning, double critical) {
    return new Thresholds(OptionalDouble.of(warning), critical);
  }

  /** One level. */
  public static Thresholds of(double critical) {
    return new Thresholds(OptionalDouble.empty(), critical);
  }

  /** The level an effect reaches, if any. */
  public Optional<Level> level(double effect) {
    if (effect >= critical) {
      return Optional.of(Level.CRITICAL);
    }
    return effect >= least() ? Optional.of(Level.WARNING) : Optional.empty();
  }

  /** From where on anything counts. */
  public double least() {
    return warning.orElse(critical);
  }

  /** These thresholds times a factor: what an alert has to fall below to end. */
  Thresholds times(double factor) {
    return new Thresholds(
        warning.isPresent()
            ? OptionalDouble.of(warning.getAsDouble() * factor)
            : OptionalDouble.empty(),
        critical * factor);
  }
}
