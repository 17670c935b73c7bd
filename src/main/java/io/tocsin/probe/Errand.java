package io.tocsin.probe;

import io.tocsin.access.OutboundGuard;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** Something a {@link ProbeLoop} goes out for at every interval: a check or a scrape. */
interface Errand {

  /** Unique; its hash places the runs within the interval. */
  String name();

  Duration interval();

  Duration timeout();

  /** Whom it burdens; {@code ""} when it goes nowhere. */
  String host();

  Optional<OutboundGuard> guard();

  /** Goes out once. */
  Future<Finding> ask(ProbeRun run);

  /**
   * Brings back what was found, a timeout and an exception included. The next run does not start
   * before the future ends.
   */
  Future<Void> deliver(ProbeRun run, Finding finding, Duration took);
}
