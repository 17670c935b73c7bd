package io.tocsin.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects one after the other, as a JSON array or as lines (NDJSON). A row that is wrong is dropped
 * and told; so is a line that is no JSON. An array that is no JSON is refused whole, since nobody
 * knows where its next row begins. NaN and Infinity are read, since Python's json module writes
 * them.
 */
final class JsonRows {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  /** Takes one object in; the parser stands on its brace and is left on the closing one. */
  interface RowReader {
    void read(JsonParser parser) throws IOException, BadRow;

    /** Forgets what was taken of the row under way. */
    void drop();
  }

  /** Something is wrong with the row under way. */
  static final class BadRow extends Exception {
    private static final long serialVersionUID = 1;

    final String field;
    final String found;
    final String expected;

    BadRow(String field, String found, String expected) {
      super(field, null, false, false);
      this.field = field;
      this.found = found;
      this.expected = expected;
    }
  }

  private final byte[] body;
  private final int most;
  private final RowReader reader;
  private final List<RowProblem> problems = new ArrayList<>();
  private long rejected;
  private long row;
  private int lines = 1;
  private int linesUpTo;

  JsonRows(byte[] body, int most, RowReader reader) {
    this.body = body;
    this.most = most;
    this.reader = reader;
  }

  List<RowProblem> problems() {
    return problems;
  }

  long rejected() {
    return rejected;
  }

  /**
   * Reads all rows.
   *
   * @throws IntakeProblem when there are too many, or an array is no JSON
   */
  void read() throws IntakeProblem {
    int from = 0;
    while (from < body.length) {
      from = read(from);
    }
  }

  /** Reads from a place on; answers where to go on after a line that is no JSON, or the end. */
  private int read(int from) throws IntakeProblem {
    long begin = -1;
    long end = from;
    boolean array = false;
    try (JsonParser parser = JSON.createParser(body, from, body.length - from)) {
      JsonToken token = parser.nextToken();
      array = token == JsonToken.START_ARRAY && from == 0;
      if (array) {
        token = parser.nextToken();
      }
      while (token != null && token != JsonToken.END_ARRAY) {
        begin = from + parser.currentTokenLocation().getByteOffset();
        if (row == most) {
          throw new IntakeProblem("more than %d rows in one request".formatted(most));
        }
        row++;
        read(parser, token, (int) begin);
        begin = -1;
        end = from + parser.currentLocation().getByteOffset();
        token = parser.nextToken();
      }
      if (array && parser.nextToken() != null) {
        throw new IntakeProblem("found more after the end of the array, expected nothing");
      }
      if (token == JsonToken.END_ARRAY && !array) {
        throw new IntakeProblem("found the end of an array that never began");
      }
      return body.length;
    } catch (IOException e) {
      // Not only what is no JSON: bytes at a line's begin may look like another encoding.
      String why = e instanceof JsonProcessingException json ? json.getOriginalMessage() : text(e);
      int at = at(e, from);
      if (array || (from == 0 && row == 0 && looksLikeArray())) {
        throw new IntakeProblem("line %d: %s".formatted(line(at), why));
      }
      reader.drop();
      int start = (int) begin;
      if (begin < 0) {
        // Not within a row: what broke off begins after the last one.
        row++;
        start = visible((int) end);
      }
      reject(start, new BadRow("", shortened(why), "JSON"));
      return nextLine(start);
    }
  }

  private static String text(IOException e) {
    return String.valueOf(e.getMessage());
  }

  /** Where reading broke off. */
  private int at(IOException e, int from) {
    return e instanceof JsonProcessingException json && json.getLocation() != null
        ? Math.clamp(from + json.getLocation().getByteOffset(), from, body.length)
        : from;
  }

  private boolean looksLikeArray() {
    int first = visible(0);
    return first < body.length && body[first] == '[';
  }

  /** The first place from another on that is more than white space. */
  private int visible(int from) {
    int at = from;
    while (at < body.length && body[at] >= 0 && body[at] <= ' ') {
      at++;
    }
    return at;
  }

  private int nextLine(int from) {
    int at = from;
    while (at < body.length && body[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  private void read(JsonParser parser, JsonToken token, int begin) throws IOException {
    int depth = parser.getParsingContext().getNestingDepth();
    try {
      if (token != JsonToken.START_OBJECT) {
        throw new BadRow("", found(parser), "an object");
      }
      reader.read(parser);
    } catch (BadRow bad) {
      reader.drop();
      reject(begin, bad);
      skip(parser, token, depth);
    }
  }

  private static void skip(JsonParser parser, JsonToken first, int depth) throws IOException {
    if (!first.isStructStart()) {
      return;
    }
    while (parser.getParsingContext().getNestingDepth() >= depth) {
      if (parser.nextToken() == null) {
        return;
      }
    }
  }

  private void reject(int begin, BadRow bad) {
    rejected++;
    if (problems.size() < ReadRows.MOST_PROBLEMS) {
      problems.add(new RowProblem(row, line(begin), bad.field, bad.found, bad.expected));
    }
  }

  /** The line of a place, from 1; places are asked for in rising order as a rule. */
  private int line(int place) {
    if (place < linesUpTo) {
      linesUpTo = 0;
      lines = 1;
    }
    for (int end = Math.min(place, body.length); linesUpTo < end; linesUpTo++) {
      lines += body[linesUpTo] == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** What stands where the parser is. */
  static String found(JsonParser parser) throws IOException {
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
