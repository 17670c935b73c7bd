package io.tocsin.probe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tocsin.check.Outcome;
import io.tocsin.ingest.Refused;
import io.tocsin.telemetry.Meter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** What we measure of our own probing. Thread-safe. */
final class ProbeMeters {

  private final MeterRegistry registry;
  private final Timer lateness;
  private final Timer duration;
  private final Counter skipped;
  private final Map<Outcome, Counter> runs = new EnumMap<>(Outcome.class);
  final AtomicInteger inFlight = new AtomicInteger();
  final AtomicInteger waiting = new AtomicInteger();

  ProbeMeters(MeterRegistry registry) {
    this.registry = registry;
    lateness =
        Timer.builder("tocsin.probe.lateness")
            .description("From the time a run was due until it started")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10))
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
    for (Outcome outcome : Outcome.values()) {
      runs.put(
          outcome,
          Counter.builder("tocsin.probe.runs")
              .description("Runs of checks and scrapes by what they found, before any verdict")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    Gauge.builder("tocsin.probe.in.flight", inFlight, AtomicInteger::get)
        .description("Probes and scrapes under way")
        .register(registry);
    Gauge.builder("tocsin.probe.waiting", waiting, AtomicInteger::get)
        .description("Probes and scrapes that are due and wait for a place")
        .register(registry);
  }

  void started(long lateNanos) {
    lateness.record(Duration.ofNanos(Math.max(0, lateNanos)));
  }

  void ended(Outcome outcome, Duration took) {
    duration.record(took);
    found(outcome);
  }

  void found(Outcome outcome) {
    Objects.requireNonNull(runs.get(outcome)).increment();
  }

  /** Samples left out of a scrape; they count with those of all other ways in. */
  void refused(Refused refused) {
    refused
        .counts()
        .forEach(
            (reason, count) ->
                Counter.builder(Meter.SAMPLES_REJECTED.exported())
                    .description(Meter.SAMPLES_REJECTED.description())
                    .tag("reason", reason.word())
                    .register(registry)
                    .increment(count));
  }

  void skip() {
    skipped.increment();
  }
}
