package io.tocsin.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects one after the other, as a JSON array or as lines (NDJSON), and the place of whatever is
 * wrong in them. NaN and Infinity are read, since Python's json module writes them.
 */
final class JsonRows {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Reads one object; the parser stands on its opening brace and is left on its closing one. */
  interface RowReader<T> {
    T read(JsonRows row) throws IOException, IntakeProblem;
  }

  private final JsonParser parser;
  private int index;

  private JsonRows(JsonParser parser) {
    this.parser = parser;
  }

  static <T> List<T> read(byte[] body, int limit, RowReader<T> reader) throws IntakeProblem {
    try (JsonParser parser = JSON.createParser(body)) {
      return new JsonRows(parser).all(limit, reader);
    } catch (JsonProcessingException e) {
      throw new IntakeProblem(place(e.getLocation()) + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IntakeProblem("unreadable body: " + e.getMessage());
    }
  }

  private <T> List<T> all(int limit, RowReader<T> reader) throws IOException, IntakeProblem {
    var rows = new ArrayList<T>();
    JsonToken token = parser.nextToken();
    boolean array = token == JsonToken.START_ARRAY;
    if (array) {
      token = parser.nextToken();
    }
    while (token != null && token != JsonToken.END_ARRAY) {
      if (token != JsonToken.START_OBJECT) {
        throw problem("", "an object");
      }
      if (rows.size() == limit) {
        throw new IntakeProblem("more than %d rows in one request".formatted(limit));
      }
      rows.add(reader.read(this));
      index++;
      token = parser.nextToken();
    }
    if (array && parser.nextToken() != null) {
      throw problem("", "the end of the body after the array");
    }
    return rows;
  }

  JsonParser parser() {
    return parser;
  }

  /** Says where we are, what stands there and what should. */
  IntakeProblem problem(String path, String expected) throws IOException {
    return new IntakeProblem(
        "%s, row %d%s: found %s, expected %s"
            .formatted(
                place(parser.currentTokenLocation()),
                index + 1,
                path.isEmpty() ? "" : ", " + path,
                found(),
                expected));
  }

  private static String place(JsonLocation location) {
    return "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private String found() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return "the end of the body";
    }
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case FIELD_NAME -> "the key \"" + shortened(parser.currentName()) + '"';
      case VALUE_STRING -> '"' + shortened(parser.getText()) + '"';
      default -> shortened(parser.getText());
    };
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
