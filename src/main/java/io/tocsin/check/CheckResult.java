package io.tocsin.check;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One run of one check.
 *
 * @param check the check's name
 * @param component the component it speaks for
 * @param at when the run began
 * @param durationSeconds how long the run took, seconds
 * @param outcome what it found
 * @param cause whose trouble it is; empty after a {@link Outcome#SUCCESS} only
 * @param detail what was found, for people; holds no secret
 * @param tlsExpiry when the certificate presented on the connection ends, if there was one
 * @param statusCode the HTTP status, if there was one
 */
public record CheckResult(
    String check,
    String component,
    Instant at,
    double durationSeconds,
    Outcome outcome,
    Optional<Cause> cause,
    String detail,
    Optional<Instant> tlsExpiry,
    OptionalInt statusCode) {

  /**
   * @throws IllegalArgumentException when a result other than a success names no cause, or a
   *     failure names another side than the target
   */
  public CheckResult {
    if (outcome != Outcome.SUCCESS && cause.isEmpty()) {
      throw new IllegalArgumentException(check + ": " + outcome + " without a cause");
    }
    if (outcome == Outcome.FAILURE && cause.get().side() != Cause.Side.TARGET) {
      throw new IllegalArgumentException(
          check + ": a FAILURE is the target's, found " + cause.get() + "; expected UNKNOWN");
    }
  }

  /** The same run, judged to tell nothing about the target. */
  public CheckResult excusedBy(Cause excuse) {
    return new CheckResult(
        check,
        component,
        at,
        durationSeconds,
        Outcome.UNKNOWN,
        Optional.of(excuse),
        detail,
        tlsExpiry,
        statusCode);
  }
}
