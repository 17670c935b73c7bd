package io.tocsin.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.model.JsonRows.BadRow;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/** Values of a row as JSON gives them. */
final class JsonValues {

  private JsonValues() {}

  /** The text there, or the number as it is written; empty for null. */
  static Optional<String> text(JsonParser parser, String field) throws IOException, BadRow {
    return switch (parser.nextToken()) {
      case VALUE_NULL -> Optional.empty();
      case VALUE_STRING, VALUE_NUMBER_INT -> {
        checkLength(parser, field);
        yield Optional.of(parser.getText());
      }
      case null, default -> throw new BadRow(field, JsonRows.found(parser), "text");
    };
  }

  static void checkLength(JsonParser parser, String field) throws IOException, BadRow {
    if (parser.getTextLength() > Intake.LONGEST_TEXT) {
      throw new BadRow(
          field, JsonRows.found(parser), "at most %d characters".formatted(Intake.LONGEST_TEXT));
    }
  }

  /** A finite number of a range; empty for null, NaN and infinite. */
  static OptionalDouble number(
      JsonParser parser, String field, double least, double most, String expected)
      throws IOException, BadRow {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return OptionalDouble.empty();
    }
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw new BadRow(field, JsonRows.found(parser), "a number or null");
    }
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      return OptionalDouble.empty();
    }
    if (value < least || value > most) {
      throw new BadRow(field, JsonRows.found(parser), expected);
    }
    return OptionalDouble.of(value);
  }

  /** Ends unless an object begins; false for null. */
  static boolean open(JsonParser parser, String field) throws IOException, BadRow {
    return switch (parser.nextToken()) {
      case START_OBJECT -> true;
      case VALUE_NULL -> false;
      case null, default -> throw new BadRow(field, JsonRows.found(parser), "an object");
    };
  }

  /** Words that some writers send for numbers that are none. */
  static boolean notANumber(JsonParser parser) throws IOException {
    if (parser.getTextLength() > 9) {
      return false;
    }
    return switch (parser.getText()) {
      case "NaN", "nan", "inf", "-inf", "Infinity", "-Infinity", "+Infinity" -> true;
      default -> false;
    };
  }
}
