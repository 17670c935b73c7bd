package io.tocsin.probe;

import io.vertx.core.Future;

/**
 * One way of asking a target how it is. Immutable, made once from its settings and run again and
 * again. A kind of probe is one file that implements this, and one line in {@link ProbeKinds}.
 */
public interface Probe {

  /** Whom it burdens, for the limit per host; {@code ""} when it goes nowhere. */
  String host();

  /**
   * Asks once, on the event loop that calls, without blocking it. The timeout is the caller's
   * business. A failed future is an exception on the way, judged by {@link Blame}.
   */
  Future<Finding> ask(ProbeRun run);
}
