package io.tocsin.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.label.Labels;
import io.tocsin.model.JsonRows.BadRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads predictions into columns without making an object of each. */
final class PredictionReader implements JsonRows.RowReader {

  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
  private static final String KEYS =
      "one of id, time, version, features, prediction, score, confidence, probabilities,"
          + " latency_ms, labels";
  private static final String TIME =
      "ISO 8601 with a zone, as 2026-11-21T10:00:00Z, or milliseconds since 1970";

  private final PredictionRowsBuilder rows;
  private final ModelSpec spec;
  private final long now;
  private final long latest;

  PredictionReader(Schema schema, ModelSpec spec, Instant now) {
    this.rows = new PredictionRowsBuilder(schema);
    this.spec = spec;
    this.now = now.toEpochMilli();
    this.latest = now.plus(CLOCK_TOLERANCE).toEpochMilli();
  }

  PredictionRows rows() {
    return rows.build();
  }

  long ignored() {
    return rows.ignored();
  }

  @Override
  public void drop() {
    rows.drop();
  }

  @Override
  public void read(JsonParser parser) throws IOException, BadRow {
    rows.begin(now);
    boolean substance = false;
    int seen = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int bit = 1 << read(parser, key);
      if ((seen & bit) != 0) {
        throw new BadRow(key, "it twice", "every key once");
      }
      seen |= bit;
      substance |= bit >= 1 << 10;
    }
    if (!substance) {
      throw new BadRow(
          "", "an object", "features, a prediction, a confidence or probabilities in it");
    }
    rows.keep();
  }

  /** Reads the value of a key; answers the key's number, from 10 on for those of substance. */
  private int read(JsonParser parser, String key) throws IOException, BadRow {
    return switch (key) {
      case "features" -> {
        features(parser);
        yield 10;
      }
      case "prediction" -> {
        prediction(parser);
        yield 11;
      }
      case "confidence" -> {
        ratio(parser, key).ifPresent(rows::confidence);
        yield 12;
      }
      case "probabilities" -> {
        probabilities(parser);
        yield 13;
      }
      case "score" -> {
        number(parser, key).ifPresent(rows::score);
        yield 14;
      }
      case "id" -> {
        id(parser);
        yield 1;
      }
      case "time" -> {
        time(parser);
        yield 2;
      }
      case "version" -> {
        version(parser);
        yield 3;
      }
      case "latency_ms" -> {
        JsonValues.number(parser, key, 0, Double.MAX_VALUE, "milliseconds, 0 or more")
            .ifPresent(rows::latency);
        yield 4;
      }
      case "labels" -> {
        labels(parser);
        yield 5;
      }
      default -> throw new BadRow("", JsonRows.found(parser), KEYS);
    };
  }

  private void id(JsonParser parser) throws IOException, BadRow {
    switch (parser.nextToken()) {
      case VALUE_NULL -> {}
      case VALUE_STRING, VALUE_NUMBER_INT -> {
        JsonValues.checkLength(parser, "id");
        rows.id(
            IdHash.of(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
      }
      case null, default -> throw new BadRow("id", JsonRows.found(parser), "text");
    }
  }

  private void version(JsonParser parser) throws IOException, BadRow {
    switch (parser.nextToken()) {
      case VALUE_NULL -> {}
      case VALUE_STRING, VALUE_NUMBER_INT -> {
        JsonValues.checkLength(parser, "version");
        rows.version(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      }
      case null, default -> throw new BadRow("version", JsonRows.found(parser), "text");
    }
  }

  private void time(JsonParser parser) throws IOException, BadRow {
    long millis =
        switch (parser.nextToken()) {
          case VALUE_NULL -> now;
          case VALUE_NUMBER_INT -> parser.getLongValue();
          case VALUE_STRING -> {
            var read = InstantText.millis(parser.getText());
            if (read.isEmpty()) {
              throw new BadRow("time", JsonRows.found(parser), TIME);
            }
            yield read.getAsLong();
          }
          case null, default -> throw new BadRow("time", JsonRows.found(parser), TIME);
        };
    if (millis > latest) {
      throw new BadRow(
          "time",
          JsonRows.found(parser),
          "a time not more than 5 minutes ahead of ours, " + Instant.ofEpochMilli(now));
    }
    rows.time(millis);
  }

  private void labels(JsonParser parser) throws IOException, BadRow {
    if (!JsonValues.open(parser, "labels")) {
      return;
    }
    Labels.Builder declared = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      var value = JsonValues.text(parser, "labels");
      if (value.isPresent() && !value.get().isEmpty() && spec.slices().contains(name)) {
        declared = declared == null ? Labels.builder() : declared;
        declared.set(name, value.get());
      }
    }
    if (declared != null) {
      rows.labels(declared.build());
    }
  }

  private void features(JsonParser parser) throws IOException, BadRow {
    if (!JsonValues.open(parser, "features")) {
      return;
    }
    int count = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (name.isEmpty() || name.length() > Intake.LONGEST_TEXT || ++count > Intake.MOST_FEATURES) {
        throw new BadRow(
            "features",
            JsonRows.found(parser),
            "at most %d names of 1 to %d characters"
                .formatted(Intake.MOST_FEATURES, Intake.LONGEST_TEXT));
      }
      feature(parser, name);
    }
  }

  private void feature(JsonParser parser, String name) throws IOException, BadRow {
    ValueKind kind = kind(parser, "features.", name);
    PredictionRowsBuilder.Cells cells =
        kind == null ? rows.knownFeature(name) : rows.feature(name, kind);
    set(parser, cells, kind, "features.", name);
  }

  private void prediction(JsonParser parser) throws IOException, BadRow {
    ValueKind kind = kind(parser, "prediction", "");
    if (kind != null) {
      set(parser, rows.prediction(kind), kind, "prediction", "");
    }
  }

  /** The kind of the value that comes next; null for nothing there. */
  private static @Nullable ValueKind kind(JsonParser parser, String field, String name)
      throws IOException, BadRow {
    return switch (parser.nextToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE, VALUE_FALSE -> ValueKind.FLAG;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          Double.isFinite(parser.getDoubleValue()) ? ValueKind.NUMBER : null;
      case VALUE_STRING -> JsonValues.notANumber(parser) ? null : ValueKind.CATEGORY;
      case null, default ->
          throw new BadRow(
              field + name, JsonRows.found(parser), "a number, text, true, false or null");
    };
  }

  private void set(
      JsonParser parser,
      PredictionRowsBuilder.@Nullable Cells cells,
      @Nullable ValueKind kind,
      String field,
      String name)
      throws IOException, BadRow {
    if (cells == null) {
      return;
    }
    int row = rows.size();
    if (!cells.claim(row)) {
      throw new BadRow(field + name, "it twice", "every key once");
    }
    if (kind == null) {
      return;
    }
    if (kind != cells.kind) {
      throw new BadRow(
          field + name, JsonRows.found(parser), cells.kind.words() + ", as before, or null");
    }
    switch (kind) {
      case NUMBER -> cells.set(row, parser.getDoubleValue());
      case FLAG -> cells.set(row, parser.currentToken() == JsonToken.VALUE_TRUE ? "true" : "false");
      case CATEGORY -> {
        if (parser.getTextLength() > Intake.LONGEST_TEXT) {
          JsonValues.checkLength(parser, field + name);
        }
        cells.set(row, parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      }
    }
  }

  private OptionalDouble ratio(JsonParser parser, String field) throws IOException, BadRow {
    return JsonValues.number(parser, field, 0, 1, "a ratio from 0 to 1");
  }

  private static OptionalDouble number(JsonParser parser, String field) throws IOException, BadRow {
    return JsonValues.number(
        parser, field, -Double.MAX_VALUE, Double.MAX_VALUE, "a number or null");
  }

  /**
   * The largest probability is the confidence unless one is given; that of the positive class is
   * the score.
   */
  private void probabilities(JsonParser parser) throws IOException, BadRow {
    if (!JsonValues.open(parser, "probabilities")) {
      return;
    }
    double largest = Double.NaN;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      OptionalDouble given = ratio(parser, "probabilities." + name);
      if (given.isPresent()) {
        largest =
            Double.isNaN(largest) ? given.getAsDouble() : Math.max(largest, given.getAsDouble());
        if (name.equals(spec.positive().orElse("true"))) {
          rows.score(given.getAsDouble());
        }
      }
    }
    if (Double.isNaN(rows.confidence())) {
      rows.confidence(largest);
    }
  }
}
