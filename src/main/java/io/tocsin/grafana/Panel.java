package io.tocsin.grafana;

import io.tocsin.grafana.Query.Prom.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One panel. Made by {@link #figure} and its like, then refined step by step; every step is a new
 * panel.
 *
 * @param about what it means for the reader, and when to act
 * @param runbooks pages that tell what to do
 * @param mayBeEmpty why it has nothing to show although all is well
 * @param words texts for values, as 0 = up
 * @param board uid of the board that tells more
 */
public record Panel(
    Shape shape,
    String title,
    String about,
    List<Query> queries,
    Unit unit,
    Scale scale,
    List<String> runbooks,
    Optional<String> mayBeEmpty,
    Map<Integer, Word> words,
    Optional<String> board,
    int width,
    int height) {

  /** What a value means. */
  public record Word(String text, Colour colour) {}

  public Panel {
    queries = List.copyOf(queries);
    runbooks = List.copyOf(runbooks);
    words = Map.copyOf(words);
  }

  private static Panel of(Shape shape, String title, String about) {
    return new Panel(
        shape,
        title,
        about,
        List.of(),
        Unit.COUNT,
        Scale.PLAIN,
        List.of(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        shape.width(),
        shape.height());
  }

  /** One figure, large. */
  public static Panel figure(String title, String about) {
    return of(Shape.FIGURE, title, about);
  }

  /** Lines over time. */
  public static Panel lines(String title, String about) {
    return of(Shape.LINES, title, about);
  }

  /** A bar for each of many. */
  public static Panel meters(String title, String about) {
    return of(Shape.METERS, title, about);
  }

  /** Rows. */
  public static Panel table(String title, String about) {
    return of(Shape.TABLE, title, about);
  }

  /** How often which values came, over time. */
  public static Panel heatmap(String title, String about) {
    return of(Shape.HEATMAP, title, about);
  }

  /** Which state each of many was in, over time. */
  public static Panel states(String title, String about) {
    return of(Shape.STATES, title, about);
  }

  /** Asks PromQL: lines, states and heatmaps over time, the others for the latest value. */
  public Panel ask(String expr, String legend) {
    Mode mode =
        switch (shape) {
          case FIGURE, METERS, TABLE -> Mode.INSTANT;
          case LINES, STATES -> Mode.RANGE;
          case HEATMAP -> Mode.BUCKETS;
        };
    return with(new Query.Prom(expr, legend, mode));
  }

  /** Asks PromQL for one series without a name. */
  public Panel ask(String expr) {
    return ask(expr, "");
  }

  /** Asks SQL: time, metric and value for lines, else a table. */
  public Panel sql(String text) {
    return with(new Query.Sql(text.strip(), shape == Shape.LINES || shape == Shape.STATES));
  }

  private Panel with(Query query) {
    var more = new ArrayList<>(queries);
    more.add(query);
    return new Panel(
        shape, title, about, more, unit, scale, runbooks, mayBeEmpty, words, board, width, height);
  }

  /** What its figures count, and from where they are bad. */
  public Panel in(Unit counted, Scale coloured) {
    return new Panel(
        shape,
        title,
        about,
        queries,
        counted,
        coloured,
        runbooks,
        mayBeEmpty,
        words,
        board,
        width,
        height);
  }

  /** What its figures count; neither good nor bad. */
  public Panel in(Unit counted) {
    return in(counted, Scale.PLAIN);
  }

  /** What to do about it. */
  public Panel runbook(String... names) {
    return new Panel(
        shape,
        title,
        about,
        queries,
        unit,
        scale,
        List.of(names),
        mayBeEmpty,
        words,
        board,
        width,
        height);
  }

  /** Why it may be empty although all is well. */
  public Panel emptyWhen(String why) {
    return new Panel(
        shape,
        title,
        about,
        queries,
        unit,
        scale,
        runbooks,
        Optional.of(why),
        words,
        board,
        width,
        height);
  }

  /** What values mean. */
  public Panel words(Map<Integer, Word> meanings) {
    return new Panel(
        shape,
        title,
        about,
        queries,
        unit,
        scale,
        runbooks,
        mayBeEmpty,
        meanings,
        board,
        width,
        height);
  }

  /** The board that tells more. */
  public Panel more(String uid) {
    return new Panel(
        shape,
        title,
        about,
        queries,
        unit,
        scale,
        runbooks,
        mayBeEmpty,
        words,
        Optional.of(uid),
        width,
        height);
  }

  /** In 24ths of a board and in rows. */
  public Panel size(int wide, int high) {
    return new Panel(
        shape, title, about, queries, unit, scale, runbooks, mayBeEmpty, words, board, wide, high);
  }
}
