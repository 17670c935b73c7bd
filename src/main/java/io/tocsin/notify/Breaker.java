package io.tocsin.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a destination is worth a try. After {@link #FAILURES} failures in a row nothing is sent
 * for a while, which doubles with each failed trial; then one message is the trial. A receiver that
 * asked for time gets it, whatever else.
 */
public final class Breaker {

  /** How many failures in a row open it. */
  public static final int FAILURES = 3;

  /** How the ledger begins of a message that was not sent for its sake. */
  public static final String NOT_TRIED = Delivery.Attempt.NOT_TRIED + ": ";

  /** How long the others wait for the outcome of a trial. */
  private static final Duration TRIAL = Duration.ofSeconds(5);

  /** A trial without any outcome is forgotten after it: no channel answers that late. */
  private static final Duration LOST = Duration.ofMinutes(2);

  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private int failures;
  private Instant closedUntil = Instant.MIN;
  private Instant pausedUntil = Instant.MIN;
  private Duration pause = FIRST;
  private Instant trialUntil = Instant.MIN;

  /** How it stands: sends, sends nothing, sends one message to see. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  /** How long to wait; empty when a message may go now, which must then be followed by a result. */
  public synchronized Optional<Duration> hold(Instant now) {
    if (pausedUntil.isAfter(now)) {
      return Optional.of(Duration.between(now, pausedUntil));
    }
    if (failures < FAILURES) {
      return Optional.empty();
    }
    if (closedUntil.isAfter(now)) {
      return Optional.of(Duration.between(now, closedUntil));
    }
    if (trialUntil.isAfter(now)) {
      return Optional.of(TRIAL);
    }
    trialUntil = now.plus(LOST);
    return Optional.empty();
  }

  /** What became of a message that went. A refusal is an answer, so the receiver is there. */
  public synchronized void result(SendResult result, Instant now) {
    boolean trial = trialUntil.isAfter(Instant.MIN);
    trialUntil = Instant.MIN;
    switch (result) {
      case SendResult.Delivered delivered -> close();
      case SendResult.Refused refused -> close();
      case SendResult.Retry retry when retry.after().isPresent() ->
          pausedUntil = now.plus(retry.after().get());
      // What was under way when it opened says nothing new.
      case SendResult.Retry late when failures == FAILURES && !trial -> {}
      case SendResult.Retry retry -> failed(now);
    }
  }

  private void close() {
    failures = 0;
    pause = FIRST;
  }

  private void failed(Instant now) {
    failures = Math.min(failures + 1, FAILURES);
    if (failures == FAILURES) {
      closedUntil = now.plus(pause);
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
  }

  public synchronized State state(Instant now) {
    if (failures < FAILURES) {
      return State.CLOSED;
    }
    return closedUntil.isAfter(now) ? State.OPEN : State.HALF_OPEN;
  }

  /** Until when the receiver asked for time, if it did. */
  public synchronized Optional<Instant> pausedUntil(Instant now) {
    return pausedUntil.isAfter(now) ? Optional.of(pausedUntil) : Optional.empty();
  }
}
