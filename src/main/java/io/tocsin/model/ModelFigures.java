package io.tocsin.model;

import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model's figures as series, each with the label {@code model}: {@code model_predictions_total}
 * by version, {@code model_confidence_mean}, {@code model_missing_ratio} by subject, {@code
 * model_latency_seconds} by quantile and {@code model_latency_seconds_mean}, {@code model_accuracy}
 * with {@code model_version_accuracy} by version, {@code model_judged_rows}, {@code
 * model_label_delay_seconds}, {@code model_labelled_ratio}, {@code model_join_sample_ratio} and the
 * counters of what was left out. A figure without rows is left out.
 */
final class ModelFigures {

  private static final double[] QUANTILES = {.5, .95, .99};

  /** Counters of what was left out. */
  record Counts(long ignoredFeatures, long rejectedRows) {}

  private final ModelSpec spec;
  private final Map<Subject, History> subjects;
  private final Map<String, Long> predictions;
  private final Segments segments;
  private final Judgement judgement;
  private final SlicedSegments<LatencyTally> latency;
  private final Counts counts;
  private final SampleBatch.Builder batch = SampleBatch.builder();

  ModelFigures(
      ModelSpec spec,
      Map<Subject, History> subjects,
      Map<String, Long> predictions,
      Segments segments,
      Judgement judgement,
      SlicedSegments<LatencyTally> latency,
      Counts counts) {
    this.spec = spec;
    this.subjects = subjects;
    this.predictions = predictions;
    this.segments = segments;
    this.judgement = judgement;
    this.latency = latency;
    this.counts = counts;
  }

  SampleBatch samples(long now) {
    predictions.forEach(
        (version, rows) ->
            batch.add(
                labels("model_predictions_total").with("version", version), now, (double) rows));
    subjects(now);
    latencies(now);
    outcomes(now);
    batch.add(labels("model_features_ignored_total"), now, (double) counts.ignoredFeatures);
    batch.add(labels("model_rows_rejected_total"), now, (double) counts.rejectedRows);
    return batch.build();
  }

  private void subjects(long now) {
    int[] all = segments.numbers(Segment.ALL);
    long window = spec.window().toMillis();
    subjects.forEach(
        (subject, history) -> {
          Moments moments = history.facts(all, window, now).moments();
          long rows = moments.rows() + moments.missing();
          if (rows > 0) {
            batch.add(
                labels("model_missing_ratio")
                    .with("subject", subject.kind())
                    .with("feature", subject.feature()),
                now,
                (double) moments.missing() / rows);
          }
          if (history instanceof CategoryHistory categories && categories.others() > 0) {
            batch.add(
                labels("model_categories_other_total")
                    .with("subject", subject.kind())
                    .with("feature", subject.feature()),
                now,
                (double) categories.others());
          }
        });
    Optional.ofNullable(subjects.get(Subject.CONFIDENCE))
        .ifPresent(
            history ->
                add(
                    "model_confidence_mean",
                    now,
                    history.facts(all, window, now).moments().mean()));
  }

  private void latencies(long now) {
    List<LatencyTally> tallies =
        latency.last(segments.numbers(Segment.ALL), spec.window().toMillis(), now);
    OptionalDouble mean = LatencyTally.mean(tallies);
    if (mean.isEmpty()) {
      return;
    }
    batch.add(labels("model_latency_seconds_mean"), now, mean.getAsDouble() / 1000);
    for (double level : QUANTILES) {
      OptionalDouble millis = LatencyTally.quantile(tallies, level);
      if (millis.isPresent()) {
        batch.add(
            labels("model_latency_seconds").with("quantile", Double.toString(level)),
            now,
            millis.getAsDouble() / 1000);
      }
    }
  }

  private void outcomes(long now) {
    long window = spec.accuracyWindow().toMillis();
    Judged all = judgement.last(segments.numbers(Segment.ALL), window, now);
    add("model_accuracy", now, all.accuracy());
    List<String> versions = segments.versions();
    if (versions.size() > 1) {
      for (String version : versions) {
        OptionalDouble accuracy =
            judgement.last(segments.numbers(Segment.version(version)), window, now).accuracy();
        if (!version.isEmpty() && accuracy.isPresent()) {
          batch.add(
              labels("model_version_accuracy").with("version", version),
              now,
              accuracy.getAsDouble());
        }
      }
    }
    add("model_label_delay_seconds", now, all.delayMeanSeconds());
    add("model_labelled_ratio", now, all.labelledRatio());
    if (all.joinable() > 0) {
      batch.add(labels("model_judged_rows"), now, (double) all.judged());
      batch.add(labels("model_join_sample_ratio"), now, 1.0 / judgement.sampledOneIn());
    }
    count("model_truths_orphaned_total", now, judgement.orphans());
    count("model_truths_unsampled_total", now, judgement.unsampled());
    count("model_truths_repeated_total", now, judgement.repeated());
  }

  private void count(String metric, long now, long rows) {
    batch.add(labels(metric), now, (double) rows);
  }

  private Labels labels(String metric) {
    return Labels.of(Labels.NAME, metric, "model", spec.name());
  }

  private void add(String metric, long now, OptionalDouble value) {
    if (value.isPresent()) {
      batch.add(labels(metric), now, value.getAsDouble());
    }
  }
}
