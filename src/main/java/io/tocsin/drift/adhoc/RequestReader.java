package io.tocsin.drift.adhoc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a request's JSON object token by token, so that millions of numbers cost their eight bytes
 * each. A number may be written as NaN or Infinity, bare or quoted; it is missing then.
 */
final class RequestReader {

  /** Reads the value that the parser stands before. */
  interface Field {
    void read(JsonParser parser) throws IOException;
  }

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(8).maxStringLength(10_000).build())
          .build();

  private final Map<String, Field> fields = new LinkedHashMap<>();

  RequestReader field(String name, Field reader) {
    fields.put(name, reader);
    return this;
  }

  /**
   * Reads an object whose fields are all known.
   *
   * @throws BadInput naming line, column and field
   */
  void read(byte[] json) {
    parse(
        json,
        parser -> {
          if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new BadInput("the body: expected a JSON object");
          }
          object(parser);
        });
  }

  /**
   * A JSON text that is one array of values.
   *
   * @throws BadInput naming line and column
   */
  static Rows array(String field, byte[] json) {
    var found = new Rows[1];
    parse(
        json,
        parser -> {
          parser.nextToken();
          found[0] = rows(parser, field, Requests.MOST_VALUES);
        });
    return found[0];
  }

  private static void parse(byte[] json, Field whole) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      whole.read(parser);
      if (parser.nextToken() != null) {
        throw new BadInput("the body: something follows the JSON value");
      }
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new BadInput(
          place == null
              ? e.getOriginalMessage()
              : "line %d, column %d: %s"
                  .formatted(place.getLineNr(), place.getColumnNr(), e.getOriginalMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be read", e);
    }
  }

  /** The fields of an object that has begun. */
  void object(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      Field reader = fields.get(name);
      if (reader == null) {
        throw new BadInput(
            "unknown field %s; expected one of %s"
                .formatted(name, String.join(", ", new TreeMap<>(fields).keySet())));
      }
      parser.nextToken();
      reader.read(parser);
    }
  }

  static String text(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw BadInput.of(field, found(parser), "a text");
    }
    return parser.getText();
  }

  static double number(JsonParser parser, String field) throws IOException {
    if (!parser.currentToken().isNumeric() || !Double.isFinite(parser.getDoubleValue())) {
      throw BadInput.of(field, found(parser), "a number");
    }
    return parser.getDoubleValue();
  }

  static long whole(JsonParser parser, String field, long least, long most) throws IOException {
    boolean number = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    if (!number || parser.getDoubleValue() < least || parser.getDoubleValue() > most) {
      throw BadInput.of(
          field, found(parser), "a whole number from %d to %d".formatted(least, most));
    }
    return parser.getLongValue();
  }

  /** A flat object of texts, numbers and flags, as texts. */
  static Map<String, String> parameters(JsonParser parser, String field) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw BadInput.of(field, found(parser), "an object");
    }
    var parameters = new LinkedHashMap<String, String>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
        throw BadInput.of(field + "." + name, found(parser), "a text, a number, true or false");
      }
      parameters.put(name, parser.getText());
    }
    return parameters;
  }

  /** An array of values of one kind, or an object of counts per category. */
  static Sample sample(JsonParser parser, String field, int most) throws IOException {
    var builder = new SampleBuilder(field, most);
    switch (parser.currentToken()) {
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          value(parser, field, builder);
        }
      }
      case START_OBJECT -> {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          builder.count(name, whole(parser, field + "." + name, 0, Long.MAX_VALUE / 4));
        }
      }
      default ->
          throw BadInput.of(
              field, found(parser), "an array of values or an object of counts per category");
    }
    return builder.build();
  }

  private static void value(JsonParser parser, String field, SampleBuilder builder)
      throws IOException {
    switch (parser.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> builder.number(parser.getDoubleValue());
      case VALUE_STRING -> builder.text(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> builder.text(parser.getText());
      case VALUE_NULL -> builder.missing();
      default -> throw BadInput.of(field, found(parser), "numbers, texts, true, false or null");
    }
  }

  /** An array of values row by row. */
  static Rows rows(JsonParser parser, String field, int most) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw BadInput.of(field, found(parser), "an array of values");
    }
    var builder = new RowsBuilder(field, most);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      switch (parser.currentToken()) {
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> builder.number(parser.getDoubleValue());
        case VALUE_STRING -> builder.text(parser.getText());
        case VALUE_TRUE, VALUE_FALSE -> builder.text(parser.getText());
        case VALUE_NULL -> builder.missing();
        default -> throw BadInput.of(field, found(parser), "numbers, texts, true, false or null");
      }
    }
    return builder.build();
  }

  private static String found(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_ARRAY -> "an array";
      case START_OBJECT -> "an object";
      case VALUE_NULL -> "null";
      case VALUE_STRING -> "\"" + parser.getText() + "\"";
      default -> parser.getText();
    };
  }
}
