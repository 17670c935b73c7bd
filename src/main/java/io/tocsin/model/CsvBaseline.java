package io.tocsin.model;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A baseline as CSV (RFC 4180). CSV has no types, so the whole column decides: numbers when every
 * value that is not empty is one, true or false likewise, else text.
 */
final class CsvBaseline {

  private static final int MOST_COLUMNS = Intake.MOST_FEATURES + 7;

  private final List<String> names;
  private final List<CSVRecord> records;
  private final List<RowProblem> problems = new ArrayList<>();
  private final PredictionRowsBuilder rows = new PredictionRowsBuilder(Schema.bounded());
  private final List<ValueKind> kinds = new ArrayList<>();
  private long rejected;

  private CsvBaseline(List<String> names, List<CSVRecord> records) {
    this.names = names;
    this.records = records;
    for (int column = 0; column < names.size(); column++) {
      kinds.add(kind(column));
    }
  }

  static ReadRows<PredictionRows> read(byte[] body, int most, Instant now) throws IntakeProblem {
    String text = new String(body, StandardCharsets.UTF_8);
    try (CSVParser parser =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setIgnoreEmptyLines(true)
            .get()
            .parse(new StringReader(text))) {
      List<String> names = parser.getHeaderNames();
      if (names.isEmpty() || names.size() > MOST_COLUMNS) {
        throw new IntakeProblem(
            "line 1: found %d columns, expected a header of 1 to %d"
                .formatted(names.size(), MOST_COLUMNS));
      }
      var records = new ArrayList<CSVRecord>();
      for (CSVRecord one : parser) {
        if (records.size() == most) {
          throw new IntakeProblem("more than %d rows in one request".formatted(most));
        }
        records.add(one);
      }
      return new CsvBaseline(names, records).rows(now);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new IntakeProblem("unreadable CSV: " + e.getMessage());
    }
  }

  private ValueKind kind(int column) {
    boolean numbers = true;
    boolean flags = true;
    for (CSVRecord one : records) {
      String value = column < one.size() ? one.get(column) : "";
      if (!value.isEmpty()) {
        numbers = numbers && number(value).isPresent();
        flags = flags && (value.equals("true") || value.equals("false"));
      }
    }
    if (flags) {
      return ValueKind.FLAG;
    }
    return numbers ? ValueKind.NUMBER : ValueKind.CATEGORY;
  }

  /** The number a text is, NaN and infinite ones among them. */
  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(
          switch (text) {
            case "nan", "NaN", "inf", "-inf" -> Double.NaN;
            default -> Double.parseDouble(text);
          });
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private ReadRows<PredictionRows> rows(Instant now) {
    for (CSVRecord one : records) {
      rows.begin(now.toEpochMilli());
      if (one.size() != names.size()) {
        reject(one, "", one.size() + " fields", names.size() + " as in the header");
      } else if (take(one)) {
        rows.keep();
      }
    }
    PredictionRows read = rows.build();
    return new ReadRows<>(read, read.size(), problems, rejected, rows.ignored());
  }

  private boolean take(CSVRecord one) {
    for (int column = 0; column < names.size(); column++) {
      String value = one.get(column);
      String name = names.get(column);
      if (value.length() > Intake.LONGEST_TEXT) {
        reject(one, name, value.length() + " characters", "at most " + Intake.LONGEST_TEXT);
        return false;
      }
      if (!value.isEmpty() && !take(one, column, name, value)) {
        return false;
      }
    }
    return true;
  }

  private boolean take(CSVRecord one, int column, String name, String value) {
    switch (name) {
      case "id" -> rows.id(IdHash.of(value));
      case "version" -> rows.version(value);
      case "time" -> {
        var millis = InstantText.millis(value);
        if (millis.isEmpty()) {
          reject(one, name, '"' + value + '"', "ISO 8601 with a zone, as 2026-11-21T10:00:00Z");
          return false;
        }
        rows.time(millis.getAsLong());
      }
      case "confidence" -> {
        OptionalDouble ratio = number(value);
        if (ratio.isEmpty() || ratio.getAsDouble() < 0 || ratio.getAsDouble() > 1) {
          reject(one, name, '"' + value + '"', "a ratio from 0 to 1");
          return false;
        }
        rows.confidence(ratio.getAsDouble());
      }
      case "score" -> number(value).ifPresent(rows::score);
      case "latency_ms" -> number(value).ifPresent(rows::latency);
      case "prediction" -> set(rows.prediction(kinds.get(column)), value);
      default -> {
        var cells = rows.feature(name, kinds.get(column));
        if (cells != null) {
          set(cells, value);
        }
      }
    }
    return true;
  }

  private void set(PredictionRowsBuilder.Cells cells, String value) {
    if (cells.kind == ValueKind.NUMBER) {
      double number = number(value).orElse(Double.NaN);
      if (Double.isFinite(number)) {
        cells.set(rows.size(), number);
      }
    } else {
      cells.set(rows.size(), value);
    }
  }

  private void reject(CSVRecord one, String field, String found, String expected) {
    rows.drop();
    rejected++;
    if (problems.size() < ReadRows.MOST_PROBLEMS) {
      problems.add(
          new RowProblem(one.getRecordNumber(), one.getRecordNumber() + 1, field, found, expected));
    }
  }
}
