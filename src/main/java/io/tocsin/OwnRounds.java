package io.tocsin;

import io.tocsin.Server.Parts;
import io.tocsin.experiment.ExperimentFigures;
import io.tocsin.slo.UptimeLedger;
import io.tocsin.telemetry.Meter;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the service does again and again beside the road of alerts: figures, savings, forgetting.
 */
final class OwnRounds {

  private static final Duration MODEL_FIGURES = Duration.ofSeconds(15);

  /** A report is due to the minute; asking costs nothing until its time has come. */
  private static final Duration MODEL_REPORTS = Duration.ofSeconds(3);

  private static final Duration MODEL_VERDICTS = Duration.ofMinutes(1);
  private static final Duration MODEL_SNAPSHOT = Duration.ofSeconds(30);
  private static final Duration EXPERIMENT_FIGURES = Duration.ofMinutes(1);
  private static final Duration PUSHED = Duration.ofSeconds(15);
  private static final Duration SELF_SCRAPE = Duration.ofSeconds(15);
  private static final Duration HEAP = Duration.ofSeconds(5);
  private static final Duration ALERT_SERIES = Duration.ofSeconds(5);
  private static final Duration CLOCK_SERIES = Duration.ofSeconds(15);
  private static final Duration RUNBOOKS = Duration.ofMinutes(1);
  private static final Duration BOOKING = Duration.ofSeconds(15);
  private static final Duration FORGETTING = Duration.ofHours(1);
  private static final Duration EPISODES_KEPT = Duration.ofDays(30);
  private static final Duration HOOKS_KEPT = Duration.ofDays(7);

  private final Parts parts;
  private final Chores chores;
  private final InstantSource clock;

  private OwnRounds(Parts parts, Chores chores) {
    this.parts = parts;
    this.chores = chores;
    this.clock = parts.clock();
  }

  /** Begins all rounds; with the service they end, and what is held only in memory is saved. */
  static void begin(Lifecycle lifecycle, Parts parts, UptimeLedger uptime) throws Exception {
    Chores chores = lifecycle.keep("chores", Chores::new);
    parts
        .foundation()
        .upkeep(
            chores,
            parts.configuration().storage(),
            parts.clock(),
            parts.telemetry().counter(Meter.SAMPLES_DROPPED, "memory"));
    var rounds = new OwnRounds(parts, chores);
    rounds.models();
    rounds.series();
    rounds.self();
    rounds.upkeep(uptime);
    lifecycle.onStop(
        "last bookings",
        () -> {
          uptime.book(parts.clock().instant());
          parts.models().save();
          parts.foundation().checkpoint().run();
        });
  }

  private void models() {
    chores.every(
        MODEL_FIGURES,
        "model figures",
        () -> parts.journal().observe(parts.models().samples(clock.instant())));
    chores.every(MODEL_SNAPSHOT, "model snapshots", parts.models()::save);
    var reports = ModelReports.in(parts);
    chores.every(MODEL_REPORTS, "model reports", reports::makeDue);
    chores.every(
        MODEL_VERDICTS, "verdicts of reports", () -> parts.journal().observe(reports.samples()));
  }

  private void series() {
    chores.every(
        EXPERIMENT_FIGURES,
        "experiment figures",
        () ->
            parts
                .journal()
                .observe(ExperimentFigures.samples(parts.stores().experiments(), clock.instant())));
    chores.every(
        PUSHED,
        "pushed groups",
        () -> parts.journal().observe(parts.pushed().exposed(clock.millis())));
    var alerts = new AlertRecorder(parts.engine().engine().alerts(), parts.journal(), clock);
    chores.every(ALERT_SERIES, "alert series", alerts::record);
    var clocks = new ClockRecorder(parts.engine().engine()::openIncidents, parts.journal(), clock);
    chores.every(CLOCK_SERIES, "clock series", clocks::record);
  }

  private void self() {
    var self =
        new SelfScrape(
            parts.telemetry(),
            parts.journal(),
            parts.foundation().journal()::stats,
            clock,
            parts.configuration().ops().toString());
    chores.every(HEAP, "heap", new JavaHeap()::look);
    chores.every(SELF_SCRAPE, "self-scrape", self::scrape);
    chores.every(SELF_SCRAPE, "canary", parts.engine().rules().canary()::fly);
  }

  private void upkeep(UptimeLedger uptime) {
    var runbooks = new RunbookFolder(parts.configuration().runbooks(), parts.stores().runbooks());
    runbooks.refresh();
    chores.every(RUNBOOKS, "runbooks", runbooks::refresh);
    chores.every(BOOKING, "uptime", () -> uptime.book(clock.instant()));
    chores.every(
        FORGETTING,
        "old episodes",
        () -> parts.stores().episodes().forget(clock.instant().minus(EPISODES_KEPT)));
    chores.every(
        FORGETTING,
        "old webhooks",
        () -> parts.stores().hooks().forget(clock.instant().minus(HOOKS_KEPT)));
  }
}
