package io.tocsin.model;

import io.tocsin.label.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Predictions of one model column by column: as they are read, kept in the journal and counted. The
 * arrays are handed on, not copied; nobody changes them.
 */
public final class PredictionRows {

  final int size;

  /** When the model answered, milliseconds since the epoch. */
  final long[] times;

  /** {@link IdHash} of each id, 0 for none. */
  final long[] ids;

  final String[] versionWords;
  final int[] versions;
  final Labels[] labelSets;
  final int[] labels;
  final List<Column> features;
  final Optional<Column> prediction;

  /** Ratio 0-1, NaN when not known; so too the score of the positive class. */
  final double[] confidences;

  final double[] scores;

  /** Milliseconds, NaN when not known. */
  final double[] latencies;

  /** The parts of a batch, as {@link PredictionRowsBuilder} and the journal's codec make them. */
  PredictionRows(
      long[] times,
      long[] ids,
      String[] versionWords,
      int[] versions,
      Labels[] labelSets,
      int[] labels,
      List<Column> features,
      Optional<Column> prediction,
      double[] confidences,
      double[] scores,
      double[] latencies) {
    this.size = times.length;
    this.times = times;
    this.ids = ids;
    this.versionWords = versionWords;
    this.versions = versions;
    this.labelSets = labelSets;
    this.labels = labels;
    this.features = List.copyOf(features);
    this.prediction = prediction;
    this.confidences = confidences;
    this.scores = scores;
    this.latencies = latencies;
  }

  /**
   * Puts rows into columns.
   *
   * @throws IllegalArgumentException when a feature has values of two kinds
   */
  public static PredictionRows of(List<Prediction> rows) {
    var builder = new PredictionRowsBuilder(Schema.unbounded());
    for (Prediction row : rows) {
      builder.add(row);
    }
    return builder.build();
  }

  /** Number of rows. */
  public int size() {
    return size;
  }

  /** One row, for those who look at few; its id is the hash of the one sent, in hex. */
  public Prediction row(int i) {
    Map<String, FeatureValue> values = new HashMap<>();
    for (Column column : features) {
      values.put(column.name(), column.at(i));
    }
    return new Prediction(
        ids[i] == 0 ? Optional.empty() : Optional.of(Long.toHexString(ids[i])),
        times[i],
        versionWords[versions[i]],
        values,
        prediction.map(column -> column.at(i)).orElse(FeatureValue.MISSING),
        optional(confidences[i]),
        optional(latencies[i]),
        labelSets[labels[i]]);
  }

  private static OptionalDouble optional(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  Column.Numbers confidence() {
    return new Column.Numbers("", confidences);
  }
}
