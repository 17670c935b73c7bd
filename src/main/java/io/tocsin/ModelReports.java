package io.tocsin;

import io.tocsin.label.Labels;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import io.tocsin.model.ReportPlan;
import io.tocsin.model.Segment;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ReportLetters;
import io.tocsin.model.report.ReportStore;
import io.tocsin.model.report.ReportWriter;
import io.tocsin.model.report.Retraining;
import io.tocsin.postgres.PostgresModelReports;
import io.tocsin.postgres.PostgresReportLetters;
import io.tocsin.rule.drift.Finding;
import io.tocsin.rule.drift.FindingStore;
import io.tocsin.rule.drift.Row;
import io.tocsin.series.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the models' reports: each day's when its plan says, and one of today when asked. */
final class ModelReports {

  private static final Logger log = LoggerFactory.getLogger(ModelReports.class);
  private static final int COMPARED_WITH = 7;
  private static final int MOST_ALERTS = 200;
  private static final Duration TRIED_AGAIN = Duration.ofMinutes(1);

  /** After a longer stop the days before are left out: of their inputs nothing is known. */
  private static final int CAUGHT_UP_DAYS = 7;

  /** No model has an empty name. */
  private static final String FORGETTING = "";

  private final Models models;
  private final FindingStore findings;
  private final ReportStore store;
  private final ReportLetters letters;
  private final InstantSource clock;

  /** By model, the newest day known to be done, so that the database is asked once a day. */
  private final Map<String, LocalDate> done = new HashMap<>();

  private final Map<String, Instant> failedAt = new HashMap<>();

  ModelReports(
      Models models,
      FindingStore findings,
      ReportStore store,
      ReportLetters letters,
      InstantSource clock) {
    this.models = models;
    this.findings = findings;
    this.store = store;
    this.letters = letters;
    this.clock = clock;
  }

  static ModelReports in(Server.Parts parts) {
    return new ModelReports(
        parts.models(),
        parts.stores().findings(),
        new PostgresModelReports(parts.foundation().database()),
        new PostgresReportLetters(parts.foundation().database()),
        parts.clock());
  }

  /**
   * Makes the reports that are due and not there yet: yesterday's, and after a stop those of the
   * last seven days. A model's first report is that of its first day with rows.
   */
  void makeDue() {
    Instant now = clock.instant();
    for (ModelWatch watch : models.all()) {
      String model = watch.spec().name();
      ReportPlan plan = watch.spec().report();
      LocalDate due = plan.lastDue(now);
      if (plan.enabled() && !due.equals(done.get(model)) && !failedOfLate(model, now)) {
        try {
          makeUpTo(watch, due);
          done.put(model, due);
        } catch (RuntimeException failed) {
          // One model's trouble is not to cost the others their reports.
          failedAt.put(model, now);
          log.warn("the report of model {} failed and is tried again", model, failed);
        }
      }
    }
    LocalDate yesterday = now.atZone(ReportPlan.DEFAULT.zone()).toLocalDate().minusDays(1);
    if (!yesterday.equals(done.put(FORGETTING, yesterday))) {
      LocalDate kept = yesterday.minusDays(ReportStore.KEPT_DAYS - 1L);
      store.forget(kept);
      letters.forget(kept);
    }
  }

  private boolean failedOfLate(String model, Instant now) {
    Instant at = failedAt.get(model);
    return at != null && now.isBefore(at.plus(TRIED_AGAIN));
  }

  private void makeUpTo(ModelWatch watch, LocalDate due) {
    Optional<ModelReport> newest =
        store.latest(watch.spec().name(), due.plusDays(1), 1).stream().findFirst();
    if (newest.isEmpty() && predictions(watch, due) == 0) {
      return;
    }
    LocalDate first = newest.map(it -> it.whole() ? it.day().plusDays(1) : it.day()).orElse(due);
    LocalDate earliest = due.minusDays(CAUGHT_UP_DAYS - 1L);
    LocalDate day = first.isBefore(earliest) ? earliest : first;
    for (; !day.isAfter(due); day = day.plusDays(1)) {
      if (day.equals(due)) {
        // Planned first: a stop between the two loses no mail, and none is planned twice.
        letters.plan(watch.spec().name(), day, watch.spec().report().email(), clock.instant());
      }
      store.keep(write(watch, day));
    }
  }

  private static long predictions(ModelWatch watch, LocalDate day) {
    ZoneId zone = watch.spec().report().zone();
    return watch
        .judged(
            Segment.ALL,
            day.atStartOfDay(zone).toInstant(),
            day.plusDays(1).atStartOfDay(zone).toInstant())
        .predictions();
  }

  /** The report of the day that goes on, up to now; kept until the whole day's takes its place. */
  ModelReport makeNow(ModelWatch watch) {
    ModelReport report = today(watch);
    store.keep(report);
    return report;
  }

  private ModelReport write(ModelWatch watch, LocalDate day) {
    String model = watch.spec().name();
    ZoneId zone = watch.spec().report().zone();
    return ReportWriter.write(
        watch,
        day,
        zone,
        clock.instant(),
        store.latest(model, day, COMPARED_WITH),
        alerts(model, day, zone));
  }

  private List<ModelReport.Alarm> alerts(String model, LocalDate day, ZoneId zone) {
    var filter =
        new FindingStore.Filter(
            Optional.of(model),
            Optional.empty(),
            Optional.empty(),
            Optional.of(day.atStartOfDay(zone).toInstant()),
            Optional.of(day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1)),
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
      LocalDate today = now.atZone(watch.spec().report().zone()).toLocalDate();
      store
          .latest(model, today, 1)
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
