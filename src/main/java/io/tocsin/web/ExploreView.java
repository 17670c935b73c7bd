package io.tocsin.web;

import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.List;

/**
 * What a query found.
 *
 * @param query as typed
 * @param range how far back the graph goes, as in {@code 1h}
 * @param at the end of the graph and the time of the table
 * @param trouble what is wrong with the query, with its place; empty when nothing is
 * @param rows the values at that time, the first few
 * @param total how many there are
 * @param lines names of the series drawn
 * @param series how many series the graph would have
 * @param took milliseconds
 * @param notes warnings of the query language
 */
public record ExploreView(
    String query,
    String range,
    Instant at,
    String trouble,
    List<Row> rows,
    int total,
    List<String> lines,
    int series,
    long took,
    List<String> notes) {

  /** A series and its value. */
  public record Row(Labels labels, String value) {}

  public ExploreView {
    rows = List.copyOf(rows);
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  /** Colour of a line. */
  public static String colour(int line) {
    return LinesSvg.COLOURS.get(line % LinesSvg.COLOURS.size());
  }
}
