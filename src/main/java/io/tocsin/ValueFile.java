package io.tocsin;

import io.tocsin.drift.adhoc.BadInput;
import io.tocsin.drift.adhoc.Rows;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Values from a file, or from standard input as {@code -}: a JSON array, a column of a CSV file
 * with a header line, or one value per line.
 */
final class ValueFile {

  private ValueFile() {}

  /**
   * Reads it; the name's ending tells the format, a text that begins with a bracket is JSON.
   *
   * @param column of a CSV file; empty for its only one
   * @throws IOException when it cannot be read
   * @throws BadInput when it cannot be understood
   */
  static Rows read(String file, String column) throws IOException {
    byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
    String text = new String(bytes, StandardCharsets.UTF_8);
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".json") || text.stripLeading().startsWith("[")) {
      return Rows.ofJson(file, bytes);
    }
    if (name.endsWith(".csv") || !column.isEmpty()) {
      return Rows.ofCells(file, column(file, text, column));
    }
    return Rows.ofCells(file, text.lines().map(String::strip).toList());
  }

  private static List<String> column(String file, String text, String column) throws IOException {
    var cells = new ArrayList<String>();
    var format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (var records = format.parse(new StringReader(text))) {
      int place = place(file, records.getHeaderMap(), column);
      for (CSVRecord record : records) {
        cells.add(place < record.size() ? record.get(place) : "");
      }
    } catch (IllegalArgumentException e) {
      throw new BadInput(file + ": " + e.getMessage());
    }
    return cells;
  }

  private static int place(String file, Map<String, Integer> header, String column) {
    if (column.isEmpty() && header.size() == 1) {
      return 0;
    }
    Integer place = header.get(column);
    if (place == null) {
      throw new BadInput(
          "--column: found \"%s\", expected one of %s"
              .formatted(column, String.join(", ", header.keySet())));
    }
    return place;
  }
}
