package io.tocsin.telemetry;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether we are fit to watch others. Named checks run once a second on a thread of their own;
 * whoever asks gets the last result at once, so asking never blocks and never loads the database.
 */
public final class SelfHealth implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Results older than this count as no results: a check hangs. */
  private static final Duration STALE = Duration.ofSeconds(10);

  /**
   * An answer.
   *
   * @param status {@code ok} or {@code failing}
   * @param checks each check's trouble, {@code ok} for none
   */
  public record Report(String status, SortedMap<String, String> checks) {

    static Report of(SortedMap<String, String> checks) {
      boolean fine = checks.values().stream().allMatch("ok"::equals);
      return new Report(fine ? "ok" : "failing", checks);
    }

    /** The same for a stranger: which checks fail, but not why. */
    public Report brief() {
      var words = new TreeMap<String, String>();
      checks.forEach((name, trouble) -> words.put(name, trouble.equals("ok") ? "ok" : "failing"));
      return new Report(status, words);
    }

    /** Whether every check is fine. */
    @JsonIgnore
    public boolean fine() {
      return status.equals("ok");
    }
  }

  private record Results(String deadlock, SortedMap<String, String> checks, Instant at) {}

  private final HealthCheckRegistry registry = new HealthCheckRegistry();
  private final Telemetry telemetry;
  private final InstantSource clock;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("self-health").daemon().factory());
  private volatile Results last = new Results("ok", new TreeMap<>(), Instant.MIN);

  public SelfHealth(Telemetry telemetry, InstantSource clock) {
    this.telemetry = telemetry;
    this.clock = clock;
  }

  /**
   * Adds a check that must be fine before traffic is taken.
   *
   * @param trouble answers what is wrong, empty for nothing; may block for up to a few seconds
   */
  public void register(String name, Supplier<Optional<String>> trouble) {
    registry.register(
        name,
        new HealthCheck() {
          @Override
          protected Result check() {
            return trouble.get().map(Result::unhealthy).orElseGet(Result::healthy);
          }
        });
    telemetry.gauge(Meter.HEALTH, () -> "ok".equals(last.checks.get(name)) ? 1 : 0, name);
  }

  /** Starts checking, once a second. */
  public void start() {
    ticker.scheduleWithFixedDelay(this::refresh, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs every check now, on the caller's thread. */
  public void refresh() {
    var checks = new TreeMap<String, String>();
    registry.runHealthChecks().forEach((name, result) -> checks.put(name, word(result)));
    last = new Results(deadlock(), checks, clock.instant());
  }

  private static String word(HealthCheck.Result result) {
    if (result.isHealthy()) {
      return "ok";
    }
    return result.getMessage() == null ? "failed" : result.getMessage();
  }

  private static String deadlock() {
    long[] threads = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
    return threads == null ? "ok" : threads.length + " threads wait for each other";
  }

  /** Whether the process works at all; to be restarted when not. */
  public Report alive() {
    return Report.of(new TreeMap<>(Map.of("threads", last.deadlock)));
  }

  /** Whether every check is fine; to be left out of traffic when not. */
  public Report ready() {
    Results results = last;
    var checks = new TreeMap<>(results.checks);
    if (results.at.equals(Instant.MIN)) {
      checks.put("self-health", "not checked yet");
    } else if (results.at.plus(STALE).isBefore(clock.instant())) {
      checks.put("self-health", "no result since " + results.at);
    }
    return Report.of(checks);
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    registry.shutdown();
  }
}
