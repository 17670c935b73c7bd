package io.tocsin.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts what one destination got within the time of its throttle. Safe for several threads. */
public final class ThrottleGauge {

  private final Throttle throttle;
  private final Deque<Instant> sent = new ArrayDeque<>();

  public ThrottleGauge(Throttle throttle) {
    this.throttle = throttle;
  }

  /** What may become of messages that are due. */
  public sealed interface Plan {

    /** So many go each by itself; the others, if any, as one. The places are taken. */
    record Go(int alone, int together) implements Plan {}

    /** None may go before this instant. */
    record Hold(Instant until) implements Plan {}
  }

  public Throttle throttle() {
    return throttle;
  }

  /** Plans messages that are due now. */
  public synchronized Plan plan(int due, Instant now) {
    prune(now);
    int room = throttle.messages() - sent.size();
    if (due <= room) {
      take(due, now);
      return new Plan.Go(due, 0);
    }
    if (room < 1) {
      return new Plan.Hold(sent.getFirst().plus(throttle.within()));
    }
    take(room, now);
    return new Plan.Go(room - 1, due - room + 1);
  }

  /** One went in any case: it takes a place, if there is one. */
  public synchronized void went(Instant now) {
    prune(now);
    if (sent.size() < throttle.messages()) {
      take(1, now);
    }
  }

  private void take(int places, Instant now) {
    for (int i = 0; i < places; i++) {
      sent.addLast(now);
    }
  }

  /** A clock that jumped back must not keep a receiver quiet: what lies ahead is forgotten too. */
  private void prune(Instant now) {
    Duration within = throttle.within();
    sent.removeIf(at -> !at.plus(within).isAfter(now) || at.isAfter(now.plus(within)));
  }
}
