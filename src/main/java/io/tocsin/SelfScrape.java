package io.tocsin;

import io.tocsin.ingest.Format;
import io.tocsin.ingest.IngestLimits;
import io.tocsin.ingest.ScrapedTarget;
import io.tocsin.ingest.SeenSeries;
import io.tocsin.label.Labels;
import io.tocsin.postgres.PostgresJournal;
import io.tocsin.series.Journal;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Puts our own metrics into our own store, so that our own rules watch us. */
final class SelfScrape {

  private static final int SERIES = 10_000;

  private final Telemetry telemetry;
  private final Journal journal;
  private final InstantSource clock;
  private final ScrapedTarget target;
  private final Supplier<PostgresJournal.Stats> stats;
  private long droppedBefore;
  private final SeenSeries seen = new SeenSeries(SERIES);

  SelfScrape(
      Telemetry telemetry,
      Journal journal,
      Supplier<PostgresJournal.Stats> stats,
      InstantSource clock,
      String instance) {
    this.stats = stats;
    this.telemetry = telemetry;
    this.journal = journal;
    this.clock = clock;
    this.target =
        new ScrapedTarget(
            Labels.of("job", "tocsin", "instance", instance), ScrapedTarget.Rules.PLAIN);
  }

  /** Reads every metric once. */
  void scrape() {
    long dropped = stats.get().droppedSamples();
    telemetry.add(Meter.SAMPLES_DROPPED, dropped - droppedBefore, "journal");
    droppedBefore = dropped;
    long began = System.nanoTime();
    long at = clock.millis();
    byte[] text = telemetry.scrape().getBytes(StandardCharsets.UTF_8);
    var intake = new Format.Intake(IngestLimits.DEFAULT, seen, at);
    journal.observe(
        target.succeeded(
            Format.TEXT.decode(text, intake).samples(),
            at,
            Duration.ofNanos(System.nanoTime() - began)));
  }
}
