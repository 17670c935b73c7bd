package io.tocsin.probe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What we measure of our own probing. Thread-safe. */
final class ProbeMeters {

  private final Timer lateness;
  private final Timer duration;
  private final Counter skipped;
  final AtomicInteger inFlight = new AtomicInteger();
  final AtomicInteger waiting = new AtomicInteger();

  ProbeMeters(MeterRegistry registry) {
    lateness =
        Timer.builder("tocsin.probe.lateness")
            .description("From the time a run was due until it started")
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofSeconds(1))
            .register(registry);
    duration =
        Timer.builder("tocsin.probe.duration")
            .description("From the start of a run to its finding")
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                Duration.ofSeconds(5))
            .register(registry);
    skipped =
        Counter.builder("tocsin.probe.skipped")
            .description("Runs left out because the one before was still out or waiting")
            .register(registry);
    registry.gauge("tocsin.probe.in.flight", inFlight);
    registry.gauge("tocsin.probe.waiting", waiting);
  }

  void started(long lateNanos) {
    lateness.record(Duration.ofNanos(Math.max(0, lateNanos)));
  }

  void ended(Duration took) {
    duration.record(took);
  }

  void skip() {
    skipped.increment();
  }
}
