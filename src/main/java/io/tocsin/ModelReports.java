package io.tocsin;

import io.tocsin.label.Labels;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ReportStore;
import io.tocsin.model.report.ReportWriter;
import io.tocsin.model.report.Retraining;
import io.tocsin.rule.drift.Finding;
import io.tocsin.rule.drift.FindingStore;
import io.tocsin.rule.drift.Row;
import io.tocsin.series.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the models' reports: each day's, five minutes after its end in UTC. */
final class ModelReports {

  private static final Duration AFTER_MIDNIGHT = Duration.ofMinutes(5);
  private static final ZoneId ZONE = ZoneOffset.UTC;
  private static final int COMPARED_WITH = 7;
  private static final int MOST_ALERTS = 200;

  private final Models models;
  private final FindingStore findings;
  private final ReportStore store;
  private final InstantSource clock;

  ModelReports(Models models, FindingStore findings, ReportStore store, InstantSource clock) {
    this.models = models;
    this.findings = findings;
    this.store = store;
    this.clock = clock;
  }

  /**
   * Makes yesterday's reports that are not there yet: at 00:05, or later when we were down then.
   * Older days are not made up for, since the rows of their inputs are gone.
   */
  void makeDue() {
    LocalDate yesterday = day(clock.instant().minus(AFTER_MIDNIGHT)).minusDays(1);
    for (ModelWatch watch : models.all()) {
      String model = watch.spec().name();
      if (store.find(model, yesterday).isEmpty()) {
        store.keep(write(watch, yesterday));
      }
    }
    store.forget(yesterday.minusDays(ReportStore.KEPT_DAYS));
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZONE).toLocalDate();
  }

  private ModelReport write(ModelWatch watch, LocalDate day) {
    String model = watch.spec().name();
    return ReportWriter.write(
        watch,
        day,
        ZONE,
        clock.instant(),
        store.latest(model, day, COMPARED_WITH),
        alerts(model, day));
  }

  private List<ModelReport.Alarm> alerts(String model, LocalDate day) {
    var filter =
        new FindingStore.Filter(
            Optional.of(model),
            Optional.empty(),
            Optional.empty(),
            Optional.of(day.atStartOfDay(ZONE).toInstant()),
            Optional.of(day.plusDays(1).atStartOfDay(ZONE).toInstant().minusMillis(1)),
            MOST_ALERTS);
    return findings.search(filter).stream()
        .filter(finding -> finding.kind() == Finding.Kind.ALERT)
        .map(ModelReports::alarm)
        .toList();
  }

  private static ModelReport.Alarm alarm(Finding finding) {
    return new ModelReport.Alarm(
        finding.at(),
        finding.alert(),
        finding.criterion(),
        finding.level().map(level -> level.name().toLowerCase(Locale.ROOT)).orElse(""),
        finding.reading().rows().stream()
            .filter(row -> row.level().isPresent())
            .limit(3)
            .map(ModelReports::words)
            .collect(Collectors.joining("; ")));
  }

  private static String words(Row row) {
    return row.name() + " " + row.words();
  }

  /** {@code model_retraining_verdict{model,verdict}}: 1 for the newest kept report's, 0 else. */
  SampleBatch samples() {
    Instant now = clock.instant();
    var batch = SampleBatch.builder();
    for (ModelWatch watch : models.all()) {
      String model = watch.spec().name();
      store
          .latest(model, day(now), 1)
          .forEach(
              report -> {
                for (Retraining.Verdict verdict : Retraining.Verdict.values()) {
                  batch.add(
                      Labels.EMPTY
                          .with(Labels.NAME, "model_retraining_verdict")
                          .with("model", model)
                          .with("verdict", verdict.name().toLowerCase(Locale.ROOT)),
                      now.toEpochMilli(),
                      report.retraining().verdict() == verdict ? 1.0 : 0.0);
                }
              });
    }
    return batch.build();
  }

  /** The report of the day under way, up to now; it is not kept. Blocks. */
  ModelReport today(ModelWatch watch) {
    return write(watch, clock.instant().atZone(watch.spec().report().zone()).toLocalDate());
  }
}
