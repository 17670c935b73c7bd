package io.tocsin.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table as text for spreadsheets. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class CsvText {

  private final List<String> head = new ArrayList<>();
  private final StringBuilder rows = new StringBuilder();

  CsvText(String... columns) {
    head(columns);
  }

  /** More columns. */
  void head(String... columns) {
    head.addAll(List.of(columns));
  }

  /** A row, in the order of the columns. */
  void row(Object... cells) {
    rows.append(List.of(cells).stream().map(CsvText::cell).collect(Collectors.joining(",")))
        .append("\r\n");
  }

  /** Seconds; empty when not known. */
  static String seconds(Optional<Duration> duration) {
    return duration.map(it -> Long.toString(it.toSeconds())).orElse("");
  }

  private static String cell(Object value) {
    String text = value.toString();
    if (!(value instanceof Number) && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    return text.matches("(?s).*[\",\r\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }

  @Override
  public String toString() {
    return String.join(",", head) + "\r\n" + rows;
  }
}
