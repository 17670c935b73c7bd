package io.tocsin;

import io.tocsin.http.StatsdListener;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.Statsd;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Datagrams of StatsD, when they are asked for. */
final class StatsdIntake {

  private static final Logger log = LoggerFactory.getLogger(StatsdIntake.class);
  private static final Duration READING = Duration.ofSeconds(10);
  private static final int SERIES = 10_000;

  private StatsdIntake() {}

  /** Takes datagrams, when the configuration says where, until the lifecycle ends. */
  static void open(Lifecycle lifecycle, Vertx vertx, Server.Parts parts) throws Exception {
    Configuration configuration = parts.configuration();
    if (configuration.statsd().isEmpty()) {
      return;
    }
    InstantSource clock = parts.clock();
    var statsd = new Statsd(SERIES, IngestLimits.DEFAULT);
    StatsdListener listener =
        lifecycle.keep(
            "statsd",
            () ->
                StatsdListener.open(
                    vertx, configuration.statsd().get(), statsd, parts.telemetry(), clock));
    log.info("StatsD datagrams are taken at {}", listener.address());
    Chores chores = lifecycle.keep("statsd readings", Chores::new);
    chores.every(READING, "statsd", () -> parts.journal().observe(statsd.read(clock.millis())));
  }
}
