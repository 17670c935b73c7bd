package io.tocsin.model;

import java.time.Instant;

/**
 * Predictions and truths as JSON, an array or lines (NDJSON) of objects:
 *
 * <pre>{@code
 * {"id": "p-17", "time": "2026-11-21T10:00:00Z", "version": "v3", "prediction": "buy",
 *  "confidence": 0.93, "latency_ms": 12.5, "labels": {"region": "eu"},
 *  "features": {"age": 41, "plan": "pro", "returning": true, "income": null}}
 * {"id": "p-17", "actual": "hold"}
 * }</pre>
 *
 * All keys of a prediction may be left out except one of features, prediction, confidence or
 * probabilities; {@code time} is ISO 8601 or milliseconds since the epoch. A row that is wrong is
 * told with its place and its field, and the others are taken.
 */
public final class Intake {

  /** Rows one request may hold. */
  public static final int MOST_ROWS = 50_000;

  /** Rows a baseline may hold. */
  public static final int MOST_BASELINE_ROWS = 200_000;

  /** Features one row may hold. */
  public static final int MOST_FEATURES = 1000;

  /** Characters of a name, an id or a category. */
  public static final int LONGEST_TEXT = 256;

  private Intake() {}

  /**
   * Reads predictions of a model that is watched.
   *
   * @param now the time of rows that say none
   * @throws IntakeProblem when the body cannot be read at all
   */
  public static ReadRows<PredictionRows> predictions(byte[] body, ModelWatch watch, Instant now)
      throws IntakeProblem {
    return predictions(body, watch.schema(), watch.spec(), now, MOST_ROWS);
  }

  /**
   * Reads a baseline: rows in the form of predictions, whose kinds are their own.
   *
   * @throws IntakeProblem when the body cannot be read at all
   */
  public static ReadRows<PredictionRows> baseline(byte[] body, ModelSpec spec, Instant now)
      throws IntakeProblem {
    return predictions(body, Schema.bounded(), spec, now, MOST_BASELINE_ROWS);
  }

  static ReadRows<PredictionRows> predictions(
      byte[] body, Schema schema, ModelSpec spec, Instant now, int most) throws IntakeProblem {
    var reader = new PredictionReader(schema, spec, now);
    var rows = new JsonRows(body, most, reader);
    rows.read();
    PredictionRows read = reader.rows();
    return new ReadRows<>(read, read.size(), rows.problems(), rows.rejected(), reader.ignored());
  }

  /**
   * Reads truths for a model that is watched.
   *
   * @throws IntakeProblem when the body cannot be read at all
   */
  public static ReadRows<TruthRows> truths(byte[] body, ModelWatch watch) throws IntakeProblem {
    return truths(body, watch.schema());
  }

  static ReadRows<TruthRows> truths(byte[] body, Schema schema) throws IntakeProblem {
    var reader = new TruthReader(schema);
    var rows = new JsonRows(body, MOST_ROWS, reader);
    rows.read();
    TruthRows read = reader.rows();
    return new ReadRows<>(read, read.size(), rows.problems(), rows.rejected(), 0);
  }

  /**
   * Reads a baseline as CSV with a header: the columns id, time, version, prediction, score,
   * confidence and latency_ms mean what they mean in a prediction, every other one is a feature.
   *
   * @throws IntakeProblem when the body cannot be read at all
   */
  public static ReadRows<PredictionRows> csv(byte[] body, ModelSpec spec, Instant now)
      throws IntakeProblem {
    return CsvBaseline.read(body, MOST_BASELINE_ROWS, now);
  }
}
