package io.tocsin;

import io.tocsin.alert.Severity;
import io.tocsin.engine.Engine;
import io.tocsin.notify.Outbox;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.PostgresJournal;
import io.tocsin.postgres.PostgresModelJournal;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.SelfHealth;
import io.tocsin.telemetry.Telemetry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Tells telemetry and self-health where our own numbers are. */
final class Vitals {

  private static final Duration ENGINE_SILENCE = Duration.ofSeconds(10);
  private static final Duration JOURNAL_LAG = Duration.ofSeconds(10);
  private static final Duration OUTBOX_AGE = Duration.ofMinutes(5);
  private static final Duration RULE_LAG = Duration.ofSeconds(30);

  private final Server.Parts parts;
  private volatile Outbox.Backlog backlog = new Outbox.Backlog(0, 0, Duration.ZERO);

  private Vitals(Server.Parts parts) {
    this.parts = parts;
  }

  /** Registers every gauge and every check. */
  static void register(Server.Parts parts) {
    var vitals = new Vitals(parts);
    vitals.health(parts.health());
    vitals.engine(parts.telemetry(), parts.engine().engine());
    vitals.storage(parts.telemetry());
  }

  private void health(SelfHealth health) {
    InstantSource clock = parts.clock();
    Engine engine = parts.engine().engine();
    health.register(
        "database",
        () ->
            switch (parts.foundation().database().health()) {
              case Database.Health.Up up -> Optional.empty();
              case Database.Health.Down down -> Optional.of(down.reason());
            });
    health.register(
        "engine",
        () ->
            late(
                "last cycle",
                Duration.between(engine.lastCycle(), clock.instant()),
                ENGINE_SILENCE));
    health.register(
        "journal",
        () -> late("oldest sample", parts.foundation().journal().stats().lag(), JOURNAL_LAG));
    health.register("outbox", () -> late("oldest message", oldest(), OUTBOX_AGE));
    health.register("rules", () -> late("slowest group", ruleLag(), RULE_LAG));
  }

  private static Optional<String> late(String what, Duration age, Duration most) {
    return age.compareTo(most) <= 0
        ? Optional.empty()
        : Optional.of(
            what
                + ": found "
                + age.toSeconds()
                + " s, expected at most "
                + most.toSeconds()
                + " s");
  }

  private Duration oldest() {
    backlog = parts.stores().outbox().backlog(parts.clock().instant());
    return backlog.oldest();
  }

  private Duration ruleLag() {
    return parts.engine().rules().schedule().counts().values().stream()
        .map(counts -> counts.lag())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private void engine(Telemetry telemetry, Engine engine) {
    telemetry.gauge(Meter.ALERTS, () -> engine.alerts().firing().size(), "firing");
    telemetry.gauge(Meter.ALERTS, () -> engine.alerts().pending().size(), "pending");
    for (Severity severity : Severity.values()) {
      telemetry.gauge(
          Meter.INCIDENTS,
          () ->
              engine.openIncidents().stream()
                  .filter(incident -> incident.severity() == severity)
                  .count(),
          severity.label());
    }
    parts
        .configuration()
        .rules()
        .forEach(
            group -> {
              telemetry.gauge(
                  Meter.RULE_LAG, () -> lag(group.file() + ";" + group.name()), group.name());
              telemetry.gauge(
                  Meter.RULES_WITHOUT_SERIES,
                  () -> parts.engine().rules().withoutSeries(group),
                  group.name());
            });
    telemetry.gauge(Meter.CANARY_AGE, () -> parts.engine().rules().canary().ageSeconds());
    onCall(telemetry);
    telemetry.gauge(Meter.QUEUE_DEPTH, () -> engine.counts().waiting(), "engine");
    telemetry.gauge(Meter.QUEUE_DEPTH, () -> parts.engine().relay().inHand(), "relay");
    telemetry.gauge(Meter.QUEUE_DEPTH, () -> parts.engine().arrival().waiting(), "arrival");
  }

  private void onCall(Telemetry telemetry) {
    for (String schedule : parts.configuration().oncall().roster().schedules().keySet()) {
      telemetry.gauge(
          Meter.ON_CALL,
          () ->
              parts.engine().roster().get().onCall(schedule, parts.clock().instant()).stream()
                  .count(),
          schedule);
    }
  }

  private double lag(String group) {
    var counts = parts.engine().rules().schedule().counts().get(group);
    return counts == null ? Double.NaN : counts.lag().toMillis() / 1e3;
  }

  private void storage(Telemetry telemetry) {
    PostgresJournal journal = parts.foundation().journal();
    telemetry.queue(
        "journal",
        () -> journal.stats().queuedSamples(),
        PostgresJournal.Limits.DEFAULT.queuedSamples());
    telemetry.queue(
        "models",
        () -> parts.models().queuedBytes(),
        PostgresModelJournal.Limits.DEFAULT.queuedBytes());
    telemetry.gauge(Meter.JOURNAL_LAG, () -> journal.stats().lag().toMillis() / 1e3);
    telemetry.gauge(Meter.OUTBOX_AGE, () -> backlog.oldest().toMillis() / 1e3);
    telemetry.add(Meter.SAMPLES_DROPPED, 0, "journal");
    parts.foundation().store().onUnadmitted(new UnadmittedMeter(telemetry));
    telemetry.gauge(Meter.SERIES, () -> parts.foundation().store().census(0).series());
  }
}
