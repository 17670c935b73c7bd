package io.tocsin.rule.drift;

import io.tocsin.model.ReferenceSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes findings: the reading cut to what leads, and what it was measured with. */
record Findings(
    About about, DriftTerms terms, Target target, Duration window, ReferenceSource reference) {

  private static final int MOST_ROWS = 20;

  Finding alert(Verdict verdict, Reading reading) {
    Level level = verdict.level().orElse(Level.WARNING);
    List<Streak> streaks =
        verdict.rows().stream()
            .map(row -> verdict.after().streaks().get(Verdict.key(row)))
            .toList();
    Instant first = reading.to();
    int most = 1;
    for (Streak streak : streaks) {
      if (streak != null) {
        first = streak.since().isBefore(first) ? streak.since() : first;
        most = Math.max(most, streak.warnings());
      }
    }
    return finding(Finding.Kind.ALERT, Optional.of(level), first, most, verdict.begun(), reading);
  }

  Finding improvement(Verdict verdict, Reading reading) {
    return finding(
        Finding.Kind.IMPROVEMENT, Optional.empty(), reading.to(), 1, verdict.improved(), reading);
  }

  private Finding finding(
      Finding.Kind kind,
      Optional<Level> level,
      Instant first,
      int inARow,
      List<Row> begun,
      Reading reading) {
    List<Row> shown = shown(reading.rows());
    return new Finding(
        id(kind, reading.to()),
        kind,
        about.id(),
        about.alert(),
        terms.criterion().kind().id(),
        about.labels().apply(target, level.orElse(Level.WARNING)).toMap(),
        reading.to(),
        level,
        first,
        inARow,
        begun.stream().map(Row::name).distinct().toList(),
        reading.with(shown),
        reading.rows().size() - shown.size(),
        parameters(),
        about.runbook(),
        Suggestion.of(terms.criterion().kind()));
  }

  private String id(Finding.Kind kind, Instant at) {
    return at.toEpochMilli()
        + "-"
        + Integer.toHexString((about.id() + target.words() + kind.name()).hashCode());
  }

  /** All that say something, and of the quiet ones as many as there is room for. */
  private static List<Row> shown(List<Row> rows) {
    var shown = new ArrayList<Row>();
    for (Row row : rows) {
      if (shown.size() < MOST_ROWS) {
        shown.add(row);
      }
    }
    return shown;
  }

  private Map<String, String> parameters() {
    var all = new LinkedHashMap<String, String>();
    all.put("method", terms.criterion().method());
    all.put("window", window.toString());
    all.put("reference", words(reference));
    terms
        .thresholds()
        .warning()
        .ifPresent(value -> all.put("threshold_warning", Spread.figure(value)));
    all.put("threshold_critical", Spread.figure(terms.thresholds().critical()));
    all.put("min_samples", Long.toString(terms.minSamples()));
    all.put("min_reference", Long.toString(terms.minReference()));
    all.put("evaluations", Integer.toString(terms.evaluations()));
    all.put("clear_at", Spread.figure(terms.clearAt()));
    all.put("direction", terms.side().name().toLowerCase(Locale.ROOT));
    switch (terms.criterion()) {
      case Criterion.Data data -> compared(all);
      case Criterion.Prediction prediction -> compared(all);
      case Criterion.Confidence confidence -> compared(all);
      case Criterion.Performance performance ->
          all.put("significance", Spread.figure(Performances.SIGNIFICANCE));
      case Criterion.Concept concept ->
          new TreeMap<>(concept.options().all()).forEach((key, value) -> all.put(key, value));
      case Criterion.LabelDelay delay -> all.put("older_than", delay.olderThan().toString());
      case Criterion.Quality quality ->
          all.put("unseen_critical", Spread.figure(quality.unseen().critical()));
      case Criterion.Volume volume -> {
        volume.least().ifPresent(value -> all.put("min", Spread.figure(value)));
        volume.most().ifPresent(value -> all.put("max", Spread.figure(value)));
        volume.change().ifPresent(value -> all.put("change", Spread.figure(value)));
      }
      case Criterion.Importances importances -> all.put("top", Integer.toString(importances.top()));
      case Criterion.Estimated estimated -> {}
    }
    return all;
  }

  private static void compared(Map<String, String> all) {
    all.put("significance", Spread.figure(Distributions.SIGNIFICANCE));
    all.put("false_discoveries", Spread.figure(Distributions.FALSE_DISCOVERIES));
    all.put("rows_per_bin", Integer.toString(Distributions.ROWS_PER_BIN));
    all.put("share_floor", "0.0001");
  }

  private static String words(ReferenceSource reference) {
    return switch (reference) {
      case ReferenceSource.Baseline baseline -> "baseline";
      case ReferenceSource.Trailing(var length, var offset) ->
          "trailing " + length + " ending " + offset + " before";
      case ReferenceSource.Seasonal(var same, int weeks) ->
          "the same " + same.name().toLowerCase(Locale.ROOT) + " of " + weeks + " weeks before";
    };
  }
}
