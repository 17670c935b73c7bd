package io.tocsin.probe;

import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one run of a probe found. Texts are for people and hold no secret.
 *
 * @param outcome success, degraded, failure or unknown
 * @param cause whose trouble; empty after a success only
 * @param detail what was found
 * @param tlsExpiry when the earliest certificate presented ends
 * @param statusCode the HTTP status
 * @param readings further numbers
 */
public record Finding(
    Outcome outcome,
    Optional<Cause> cause,
    String detail,
    Optional<Instant> tlsExpiry,
    OptionalInt statusCode,
    List<Reading> readings) {

  public Finding {
    readings = List.copyOf(readings);
  }

  public static Finding success(String detail) {
    return plain(Outcome.SUCCESS, Optional.empty(), detail);
  }

  /** The target works, yet not as well as it should. */
  public static Finding degraded(String reason) {
    return plain(Outcome.DEGRADED, Optional.of(Cause.target(reason)), reason);
  }

  /** Degraded when a run took longer than its limit; else empty. */
  static Optional<Finding> slow(Duration elapsed, Duration limit) {
    return elapsed.compareTo(limit) <= 0
        ? Optional.empty()
        : Optional.of(
            degraded(
                "took %d ms, expected at most %d ms"
                    .formatted(elapsed.toMillis(), limit.toMillis())));
  }

  /** The target does not do what is expected of it. */
  public static Finding failure(String reason) {
    return blaming(Cause.target(reason));
  }

  /** A failure when the target is to blame, else unknown. */
  public static Finding blaming(Cause cause) {
    Outcome outcome = cause.side() == Cause.Side.TARGET ? Outcome.FAILURE : Outcome.UNKNOWN;
    return plain(outcome, Optional.of(cause), cause.reason());
  }

  private static Finding plain(Outcome outcome, Optional<Cause> cause, String detail) {
    return new Finding(outcome, cause, detail, Optional.empty(), OptionalInt.empty(), List.of());
  }

  public Finding withTlsExpiry(Optional<Instant> expiry) {
    return new Finding(outcome, cause, detail, expiry, statusCode, readings);
  }

  public Finding withStatusCode(int code) {
    return new Finding(outcome, cause, detail, tlsExpiry, OptionalInt.of(code), readings);
  }

  public Finding withReadings(List<Reading> more) {
    return new Finding(outcome, cause, detail, tlsExpiry, statusCode, more);
  }
}
