package io.tocsin.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A dead-man's switch as the console lists it; its token stays a secret.
 *
 * @param check as every check is listed
 * @param every how often the job calls
 * @param grace how late it may be
 * @param last when it last called
 * @param since when we began to listen
 */
public record HeartbeatRow(
    CheckRow check,
    Duration every,
    Duration grace,
    Optional<Instant> last,
    Optional<Instant> since) {

  /** When the next call is late; empty while nobody listens. */
  public Optional<Instant> due() {
    return last.or(() -> since).map(at -> at.plus(every).plus(grace));
  }

  /** When it is due, in words. */
  public String words(Instant now) {
    if (check.paused()) {
      return "paused";
    }
    return due()
        .map(
            at ->
                at.isAfter(now)
                    ? "due in " + Times.span(Duration.between(now, at))
                    : "late since " + Times.span(Duration.between(at, now)))
        .orElse("not listened for on this node");
  }
}
