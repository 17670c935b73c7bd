package io.tocsin.rule.drift;

import io.tocsin.drift.DriftTest;
import io.tocsin.drift.measure.Interval;
import io.tocsin.drift.measure.Normal;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a rule measures on one model at an instant. Keeps nothing: the same history gives the same
 * reading at any time. A stream of errors is not a window: see {@link ErrorWatch}.
 *
 * @param target one model, never {@link Target#ANY}
 * @param window length of the current window, which ends at the instant asked about
 */
record Measurement(
    DriftTerms terms,
    Target target,
    ReferenceSource reference,
    Duration window,
    ModelHistory past) {

  Reading at(Instant at) {
    List<Row> rows =
        switch (terms.criterion()) {
          case Criterion.Data data -> inputs(data, at);
          case Criterion.Prediction prediction ->
              new Distributions(prediction.test(), terms)
                  .rows(List.of(candidate(Subject.PREDICTION, at)));
          case Criterion.Confidence confidence -> confidence(confidence, at);
          case Criterion.Performance performance ->
              new Performances(terms, past, target).drop(performance.metric(), spans(at), now(at));
          case Criterion.Estimated estimated ->
              new Performances(terms, past, target)
                  .estimated(spans(at), sides(Subject.CONFIDENCE, at));
          case Criterion.Importances importances ->
              Importances.rows(terms, importances, past.importances(target, at));
          case Criterion.Quality quality -> quality(quality, at);
          case Criterion.Volume volume -> Counts.volume(terms, volume, past, target, this, at);
          case Criterion.LabelDelay delay -> Counts.labels(terms, delay, past, target, window, at);
          case Criterion.Concept concept -> throw new IllegalStateException("a stream");
        };
    return Reading.of(target, at.minus(window), at, before(at), rows);
  }

  /** The reading with how well the model answered and how sure it was, as far as that is known. */
  Reading context(Reading reading, Instant at) {
    ModelHistory.Judged before = Past.judged(past, target, spans(at));
    ModelHistory.Judged after = past.judged(target, at.minus(window), at);
    return reading.with(
        accuracy(before, after), sides(Subject.CONFIDENCE, at).flatMap(Measurement::sure));
  }

  private static Optional<Reading.BeforeAfter> accuracy(
      ModelHistory.Judged before, ModelHistory.Judged after) {
    if (before.rows() == 0 || after.rows() == 0) {
      return Optional.empty();
    }
    Interval was = Interval.wilson((double) before.right(), (double) before.rows(), Interval.Z95);
    Interval is = Interval.wilson((double) after.right(), (double) after.rows(), Interval.Z95);
    return Optional.of(
        new Reading.BeforeAfter(
            (double) before.right() / before.rows(),
            was.low(),
            was.high(),
            before.rows(),
            (double) after.right() / after.rows(),
            is.low(),
            is.high(),
            after.rows()));
  }

  private static Optional<Reading.BeforeAfter> sure(ModelHistory.Sides sides) {
    ModelHistory.Stretch before = sides.before();
    ModelHistory.Stretch now = sides.now();
    if (before.mean().isEmpty() || now.mean().isEmpty()) {
      return Optional.empty();
    }
    double was = before.mean().getAsDouble();
    double is = now.mean().getAsDouble();
    double half = Interval.Z95 * before.sd().orElse(0) / Math.sqrt((double) before.rows());
    double halfNow = Interval.Z95 * now.sd().orElse(0) / Math.sqrt((double) now.rows());
    return Optional.of(
        new Reading.BeforeAfter(
            was,
            was - half,
            was + half,
            before.rows(),
            is,
            is - halfNow,
            is + halfNow,
            now.rows()));
  }

  private Reading.Span now(Instant at) {
    return new Reading.Span(at.minus(window), at);
  }

  /** The stretches that the reference consists of. A baseline has no labels: see {@link Past}. */
  List<Reading.Span> spans(Instant at) {
    return Past.spans(reference, window, at);
  }

  private Optional<Reading.Span> before(Instant at) {
    return reference instanceof ReferenceSource.Baseline
        ? Optional.empty()
        : Optional.of(new Reading.Span(spans(at).getLast().from(), spans(at).getFirst().to()));
  }

  private Optional<ModelHistory.Sides> sides(Subject subject, Instant at) {
    return past.sides(target, subject, reference, window, at);
  }

  private Distributions.Candidate candidate(Subject subject, Instant at) {
    return new Distributions.Candidate(Distributions.name(subject), sides(subject, at));
  }

  /** The inputs a rule names; empty when the most important ones are asked for and not known. */
  private List<String> names(Columns columns, Instant at) {
    return switch (columns) {
      case Columns.All all -> past.features(target);
      case Columns.Named named -> named.names();
      case Columns.Top top -> {
        List<ModelHistory.Weights> known = past.importances(target, at);
        yield known.isEmpty()
            ? List.of()
            : known.getLast().weights().entrySet().stream()
                .sorted((a, b) -> Double.compare(Math.abs(b.getValue()), Math.abs(a.getValue())))
                .limit(top.count())
                .map(Map.Entry::getKey)
                .toList();
      }
    };
  }

  private List<Row> inputs(Criterion.Data data, Instant at) {
    List<String> names = names(data.columns(), at);
    if (names.isEmpty()) {
      return List.of(nothingKnown(data.columns()));
    }
    List<Row> rows =
        new Distributions(data.test(), data.share() ? ofOne(data.test()) : terms)
            .rows(names.stream().map(name -> candidate(new Subject.Feature(name), at)).toList());
    return data.share() ? share(rows) : rows;
  }

  private Row nothingKnown(Columns columns) {
    return Row.without(
        "inputs",
        terms.criterion().method(),
        Row.State.INSUFFICIENT_DATA,
        terms.thresholds(),
        0,
        0,
        columns instanceof Columns.Top
            ? "no importance snapshot says which inputs matter most"
            : "no input has been seen");
  }

  /** Where the share decides, each input counts from the method's own thresholds on. */
  private DriftTerms ofOne(DriftTest test) {
    return new DriftTerms(
        terms.target(),
        terms.criterion(),
        terms.window(),
        terms.reference(),
        Thresholds.of(test.warning(), test.critical()),
        terms.minSamples(),
        terms.minReference(),
        terms.side(),
        terms.evaluations(),
        terms.clearAt(),
        terms.cooldown(),
        terms.every());
  }

  /** One row for the share; the inputs behind it are shown but decide nothing. */
  private List<Row> share(List<Row> inputs) {
    List<Row> measured = inputs.stream().filter(Row::measured).toList();
    if (measured.isEmpty()) {
      return inputs;
    }
    long drifted = measured.stream().filter(row -> row.state() == Row.State.CRITICAL).count();
    double share = (double) drifted / measured.size();
    var rows = new ArrayList<Row>();
    rows.add(
        new Row(
            "share of inputs",
            terms.criterion().method(),
            terms.thresholds().level(share).map(Distributions::state).orElse(Row.State.QUIET),
            share,
            share,
            terms.thresholds(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            0,
            measured.getFirst().reference(),
            measured.getFirst().current(),
            0,
            drifted + " of " + measured.size() + " inputs drifted",
            List.of(),
            Optional.empty()));
    inputs.forEach(
        row ->
            rows.add(
                row.measured() && row.level().isPresent()
                    ? row.as(Row.State.QUIET).note("drifts by itself; the share decides")
                    : row));
    return rows;
  }

  private List<Row> confidence(Criterion.Confidence confidence, Instant at) {
    Optional<ModelHistory.Sides> sides = sides(Subject.CONFIDENCE, at);
    var rows =
        new ArrayList<>(
            new Distributions(confidence.test(), terms)
                .rows(List.of(new Distributions.Candidate("confidence", sides))));
    if (rows.getFirst().measured() && sides.isPresent()) {
      mean(confidence, sides.get()).ifPresent(rows::add);
      boolean fell = rows.stream().anyMatch(row -> row.name().equals(MEAN) && row.statistic() < 0);
      if (terms.side() == Side.WORSE && !fell) {
        rows.replaceAll(row -> row.level().isPresent() ? row.as(Row.State.IMPROVED) : row);
      }
    }
    return rows;
  }

  private static final String MEAN = "mean confidence";

  /** How far the mean went, in standard deviations of the reference; noise by Welch's z. */
  private Optional<Row> mean(Criterion.Confidence confidence, ModelHistory.Sides sides) {
    ModelHistory.Stretch before = sides.before();
    ModelHistory.Stretch now = sides.now();
    if (before.mean().isEmpty() || now.mean().isEmpty() || !(before.sd().orElse(0) > 0)) {
      return Optional.empty();
    }
    double sd = before.sd().getAsDouble();
    double moved = (now.mean().getAsDouble() - before.mean().getAsDouble()) / sd;
    double spread = now.sd().orElse(sd) / sd;
    double error = Math.sqrt(1.0 / before.rows() + spread * spread / now.rows());
    double p = Normal.twoSided(moved / error);
    Row.State state =
        p < Distributions.SIGNIFICANCE
            ? confidence
                .mean()
                .level(Math.abs(moved))
                .map(Distributions::state)
                .orElse(Row.State.QUIET)
            : Row.State.QUIET;
    return Optional.of(
        new Row(
            MEAN,
            "mean_shift",
            state,
            moved,
            Math.abs(moved),
            confidence.mean(),
            OptionalDouble.of(p),
            OptionalDouble.empty(),
            Normal.critical(Distributions.SIGNIFICANCE / 2) * error,
            before.rows(),
            now.rows(),
            now.missing(),
            Spread.words(sides),
            Shares.below(sides, 0.5)
                .map(
                    share ->
                        List.of(
                            "confidence below 0.5: %s before, %s now"
                                .formatted(Spread.percent(share[0]), Spread.percent(share[1]))))
                .orElse(List.of()),
            Optional.empty()));
  }

  private List<Row> quality(Criterion.Quality quality, Instant at) {
    List<String> names = names(quality.columns(), at);
    if (names.isEmpty()) {
      return List.of(nothingKnown(quality.columns()));
    }
    var rows = new ArrayList<Row>();
    for (String name : names) {
      rows.addAll(
          new Qualities(terms, quality.unseen()).rows(name, sides(new Subject.Feature(name), at)));
    }
    return rows;
  }
}
