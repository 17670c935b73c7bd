package io.tocsin.engine;

import io.tocsin.engine.EvaluationCycle.Result;
import io.tocsin.notify.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the engine decided and has not shown yet, since it is not durable. Used by one thread. */
final class Ahead {
  private final Deque<Decided> waiting = new ArrayDeque<>();
  private EngineState state = EngineState.EMPTY;

  /**
   * One cycle's outcome.
   *
   * @param asks whose answers are in the result, in the same order
   * @param at the time it was decided for
   * @param durable completes when its commit is durable
   * @param since when it was decided, as {@link System#nanoTime}
   */
  record Decided(
      Result result, List<Ask> asks, Instant at, CompletableFuture<Void> durable, long since) {

    /** Answers who asked as soon as it is durable. */
    void answer() {
      Ask.answer(asks, result.answers(), durable);
    }
  }

  void begin(EngineState restored) {
    state = restored;
  }

  /** The newest state, from which the next is decided. */
  EngineState state() {
    return state;
  }

  void add(Decided decided) {
    state = decided.result().next();
    waiting.add(decided);
  }

  /**
   * Takes out the oldest if it is durable.
   *
   * @throws Outbox.Deposed when it never will be, since another node leads
   */
  Optional<Decided> durable() {
    if (waiting.isEmpty() || !waiting.getFirst().durable().isDone()) {
      return Optional.empty();
    }
    Decided oldest = waiting.getFirst();
    if (oldest.durable().isCompletedExceptionally()) {
      throw new Outbox.Deposed(String.valueOf(oldest.durable().exceptionNow()));
    }
    return Optional.of(waiting.removeFirst());
  }

  /** Takes out everything, in order. */
  List<Decided> drain() {
    var all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  /** Whether the oldest has waited so long. */
  boolean waits(Duration time) {
    return !waiting.isEmpty()
        && !waiting.getFirst().durable().isDone()
        && System.nanoTime() - waiting.getFirst().since() >= time.toNanos();
  }

  /** How long nothing need be done: until the next cycle is due or the oldest waited too long. */
  Duration wait(long next, Duration patience) {
    long now = System.nanoTime();
    long left = next - now;
    if (!waiting.isEmpty()) {
      left = Math.min(left, waiting.getFirst().since() + patience.toNanos() - now);
    }
    return Duration.ofNanos(Math.max(0, left));
  }
}
