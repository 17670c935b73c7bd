package io.tocsin.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.label.Labels;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

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
 * All keys of a prediction may be left out except one of features, prediction or confidence; {@code
 * time} is ISO 8601 or milliseconds since the epoch. A body is read whole or refused whole.
 */
public final class Intake {

  /** Rows one request may hold. */
  public static final int MOST_ROWS = 50_000;

  /** Features one row may hold. */
  public static final int MOST_FEATURES = 1000;

  /** Characters of a name, an id or a category. */
  public static final int LONGEST_TEXT = 256;

  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
  private static final String KEYS =
      "one of id, time, version, features, prediction, confidence, latency_ms, labels";

  private final JsonRows row;
  private final JsonParser parser;
  private final Instant now;

  private Intake(JsonRows row, Instant now) {
    this.row = row;
    this.parser = row.parser();
    this.now = now;
  }

  /**
   * Reads predictions.
   *
   * @param now the time of rows that say none
   * @throws IntakeProblem with line, column, row and key of the first thing wrong
   */
  public static List<Prediction> predictions(byte[] body, Instant now) throws IntakeProblem {
    return JsonRows.read(body, MOST_ROWS, row -> new Intake(row, now).prediction());
  }

  /**
   * Reads truths.
   *
   * @throws IntakeProblem with line, column, row and key of the first thing wrong
   */
  public static List<Truth> truths(byte[] body) throws IntakeProblem {
    return JsonRows.read(body, MOST_ROWS, row -> new Intake(row, Instant.EPOCH).truth());
  }

  private Prediction prediction() throws IOException, IntakeProblem {
    Optional<String> id = Optional.empty();
    long time = now.toEpochMilli();
    String version = "";
    Map<String, FeatureValue> features = Map.of();
    FeatureValue prediction = FeatureValue.MISSING;
    OptionalDouble confidence = OptionalDouble.empty();
    OptionalDouble latency = OptionalDouble.empty();
    Labels labels = Labels.EMPTY;
    boolean substance = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      switch (key) {
        case "id" -> id = optionalText(key);
        case "time" -> time = time(key);
        case "version" -> version = optionalText(key).orElse("");
        case "features" -> features = features();
        case "prediction" -> prediction = next(key);
        case "confidence" -> confidence = ratio(key);
        case "latency_ms" -> latency = duration(key);
        case "labels" -> labels = labels();
        default -> throw row.problem("", KEYS);
      }
      substance |= key.equals("features") || key.equals("prediction") || key.equals("confidence");
    }
    if (!substance) {
      throw row.problem("", "features, a prediction or a confidence in it");
    }
    return new Prediction(id, time, version, features, prediction, confidence, latency, labels);
  }

  private Truth truth() throws IOException, IntakeProblem {
    Optional<String> id = Optional.empty();
    FeatureValue actual = FeatureValue.MISSING;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      switch (key) {
        case "id" -> id = optionalText(key);
        case "actual" -> actual = next(key);
        default -> throw row.problem("", "id or actual");
      }
    }
    if (id.isEmpty() || actual instanceof FeatureValue.Missing) {
      throw row.problem("", "an id and an actual value in it");
    }
    return new Truth(id.get(), actual);
  }

  private Map<String, FeatureValue> features() throws IOException, IntakeProblem {
    open("features");
    var features = new HashMap<String, FeatureValue>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (name.isEmpty() || name.length() > LONGEST_TEXT || features.size() == MOST_FEATURES) {
        throw row.problem(
            "features",
            "at most %d names of 1 to %d characters".formatted(MOST_FEATURES, LONGEST_TEXT));
      }
      features.put(name, next("features." + name));
    }
    return features;
  }

  private Labels labels() throws IOException, IntakeProblem {
    open("labels");
    var labels = Labels.builder();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      labels.set(name, optionalText("labels." + name).orElse(""));
    }
    return labels.build();
  }

  private void open(String path) throws IOException, IntakeProblem {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw row.problem(path, "an object");
    }
  }

  private FeatureValue next(String path) throws IOException, IntakeProblem {
    return switch (parser.nextToken()) {
      case VALUE_NULL -> FeatureValue.MISSING;
      case VALUE_TRUE -> new FeatureValue.Flag(true);
      case VALUE_FALSE -> new FeatureValue.Flag(false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> FeatureValue.of(parser.getDoubleValue());
      case VALUE_STRING -> new FeatureValue.Category(text(path));
      case null, default -> throw row.problem(path, "a number, text, true, false or null");
    };
  }

  private Optional<String> optionalText(String path) throws IOException, IntakeProblem {
    return switch (parser.nextToken()) {
      case VALUE_NULL -> Optional.empty();
      case VALUE_STRING -> Optional.of(text(path));
      case VALUE_NUMBER_INT -> Optional.of(parser.getText());
      case null, default -> throw row.problem(path, "text");
    };
  }

  private String text(String path) throws IOException, IntakeProblem {
    String text = parser.getText();
    if (text.length() > LONGEST_TEXT) {
      throw row.problem(path, "at most %d characters".formatted(LONGEST_TEXT));
    }
    return text;
  }

  private OptionalDouble ratio(String path) throws IOException, IntakeProblem {
    OptionalDouble value = number(path);
    if (value.isPresent() && (value.getAsDouble() < 0 || value.getAsDouble() > 1)) {
      throw row.problem(path, "a ratio from 0 to 1");
    }
    return value;
  }

  private OptionalDouble duration(String path) throws IOException, IntakeProblem {
    OptionalDouble value = number(path);
    if (value.isPresent() && value.getAsDouble() < 0) {
      throw row.problem(path, "milliseconds, 0 or more");
    }
    return value;
  }

  private OptionalDouble number(String path) throws IOException, IntakeProblem {
    return switch (next(path)) {
      case FeatureValue.Numeric(double value) -> OptionalDouble.of(value);
      case FeatureValue.Missing ignored -> OptionalDouble.empty();
      case FeatureValue.Category ignored -> throw row.problem(path, "a number or null");
      case FeatureValue.Flag ignored -> throw row.problem(path, "a number or null");
    };
  }

  private long time(String path) throws IOException, IntakeProblem {
    String expected = "ISO 8601 with a zone, as 2026-11-21T10:00:00Z, or milliseconds since 1970";
    long millis =
        switch (parser.nextToken()) {
          case VALUE_NULL -> now.toEpochMilli();
          case VALUE_NUMBER_INT -> parser.getLongValue();
          case VALUE_STRING -> {
            try {
              yield OffsetDateTime.parse(parser.getText()).toInstant().toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
              throw row.problem(path, expected);
            }
          }
          case null, default -> throw row.problem(path, expected);
        };
    if (millis > now.plus(CLOCK_TOLERANCE).toEpochMilli()) {
      throw row.problem(path, "a time not more than 5 minutes ahead of ours, " + now);
    }
    return millis;
  }
}
