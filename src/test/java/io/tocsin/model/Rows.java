package io.tocsin.model;

import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Predictions for tests, spread evenly over a stretch of time. */
final class Rows {

  private Rows() {}

  /** Rows with one feature {@code x}, normal around a mean. */
  static List<Prediction> normal(int count, double mean, Instant from, Duration over, long seed) {
    var random = new Random(seed);
    return spread(count, from, over, i -> new FeatureValue.Numeric(mean + random.nextGaussian()));
  }

  /** Rows whose feature {@code x} is made by index. */
  static List<Prediction> spread(
      int count, Instant from, Duration over, IntFunction<FeatureValue> x) {
    long step = over.toMillis() / count;
    return IntStream.range(0, count)
        .mapToObj(i -> row(from.toEpochMilli() + i * step, x.apply(i)))
        .toList();
  }

  static Prediction row(long time, FeatureValue x) {
    return row("x", time, x);
  }

  static Prediction row(String feature, long time, FeatureValue x) {
    return new Prediction(
        Optional.empty(),
        time,
        "v1",
        Map.of(feature, x),
        FeatureValue.MISSING,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Labels.EMPTY);
  }

  /** A row that can be judged. */
  static Prediction answer(String id, Instant time, String answer, double confidence) {
    return new Prediction(
        Optional.of(id),
        time.toEpochMilli(),
        "v2",
        Map.of(),
        new FeatureValue.Category(answer),
        OptionalDouble.of(confidence),
        OptionalDouble.of(40),
        Labels.EMPTY);
  }

  /** Lets a model take predictions in. */
  static void accept(ModelWatch model, List<Prediction> rows, Instant now) {
    model.apply(new ModelEntry.Predictions(PredictionRows.of(rows), 0, 0), now);
  }

  /** Freezes rows as a model's baseline. */
  static void freeze(ModelWatch model, List<Prediction> rows) {
    model.apply(new ModelEntry.BaselineRows(PredictionRows.of(rows)), Instant.EPOCH);
  }

  /** Lets a model take truths in; answers how many found their prediction. */
  static int judge(ModelWatch model, List<Truth> truths, Instant now) {
    return model.apply(new ModelEntry.Truths(TruthRows.of(truths), 0), now);
  }
}
