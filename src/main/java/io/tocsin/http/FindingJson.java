package io.tocsin.http;

import io.tocsin.rule.drift.Detail;
import io.tocsin.rule.drift.Finding;
import io.tocsin.rule.drift.Level;
import io.tocsin.rule.drift.Reading;
import io.tocsin.rule.drift.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a drift rule found, as our API shows it: all that is needed to compute it again. */
record FindingJson(
    String id,
    String kind,
    String rule,
    String alert,
    String criterion,
    Map<String, String> labels,
    String model,
    Optional<String> version,
    Map<String, String> slice,
    Instant at,
    Optional<String> level,
    Instant firstSeen,
    int windowsInRow,
    List<String> begun,
    SpanJson window,
    Optional<SpanJson> reference,
    Optional<Reading.BeforeAfter> accuracy,
    Optional<Reading.BeforeAfter> confidence,
    List<RowJson> rows,
    int others,
    Map<String, String> parameters,
    Optional<String> runbook,
    String suggestion) {

  /** A stretch of time. */
  record SpanJson(Instant from, Instant to) {}

  /** A row; figures that there are none of are absent. */
  record RowJson(
      String name,
      String method,
      String state,
      Optional<Double> statistic,
      Optional<Double> effect,
      OptionalDouble thresholdWarning,
      double thresholdCritical,
      double floor,
      OptionalDouble p,
      OptionalDouble q,
      long reference,
      long current,
      long missing,
      String words,
      List<String> notes,
      Optional<Detail> distributions) {

    static RowJson of(Row row) {
      return new RowJson(
          row.name(),
          row.method(),
          IncidentJson.word(row.state()),
          finite(row.statistic()),
          finite(row.effect()),
          row.thresholds().warning(),
          row.thresholds().critical(),
          row.floor(),
          row.p(),
          row.q(),
          row.reference(),
          row.current(),
          row.missing(),
          row.words(),
          row.notes(),
          row.detail());
    }

    private static Optional<Double> finite(double value) {
      return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
  }

  static FindingJson of(Finding it) {
    Reading reading = it.reading();
    return new FindingJson(
        it.id(),
        IncidentJson.word(it.kind()),
        it.rule(),
        it.alert(),
        it.criterion(),
        it.labels(),
        reading.target().model(),
        reading.target().version(),
        reading.target().slice(),
        it.at(),
        it.level().map(Level::id),
        it.firstSeen(),
        it.inARow(),
        it.begun(),
        new SpanJson(reading.from(), reading.to()),
        reading.before().map(span -> new SpanJson(span.from(), span.to())),
        reading.accuracy(),
        reading.confidence(),
        reading.rows().stream().map(RowJson::of).toList(),
        it.others(),
        it.parameters(),
        it.runbook(),
        it.suggestion());
  }
}
