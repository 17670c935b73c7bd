package io.tocsin.web;

import io.tocsin.explain.Episode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a rule did within the last day, half an hour each, the oldest first.
 *
 * @param cells the worst of each half hour
 * @param fired how often one of its alerts began to fire
 */
public record HistoryStrip(List<Cell> cells, int fired) {

  /** How long a strip is. */
  static final Duration LENGTH = Duration.ofHours(24);

  private static final int CELLS = 48;

  /** What was the worst in a half hour. */
  public enum Cell {
    QUIET,
    PENDING,
    FIRING;

    /** As in a class of the stylesheet. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Nothing happened. */
  static final HistoryStrip QUIET = of(List.of(), Instant.EPOCH);

  public HistoryStrip {
    cells = List.copyOf(cells);
  }

  /** The strips of all rules that have any episode, by rule. */
  static Map<String, HistoryStrip> byRule(List<Episode> episodes, Instant now) {
    Map<String, List<Episode>> rules = new HashMap<>();
    for (Episode episode : episodes) {
      rules.computeIfAbsent(episode.spec().ruleId(), id -> new ArrayList<>()).add(episode);
    }
    var strips = new HashMap<String, HistoryStrip>();
    rules.forEach((rule, its) -> strips.put(rule, of(its, now)));
    return strips;
  }

  /** The strip of one rule. */
  static HistoryStrip of(List<Episode> episodes, Instant now) {
    var cells = new Cell[CELLS];
    Arrays.fill(cells, Cell.QUIET);
    Instant begin = now.minus(LENGTH);
    int fired = 0;
    for (Episode episode : episodes) {
      Instant end = episode.endedAt().orElse(now);
      mark(cells, begin, episode.activeSince(), end, Cell.PENDING);
      if (episode.firingSince().isPresent()) {
        mark(cells, begin, episode.firingSince().get(), end, Cell.FIRING);
        fired += episode.firingSince().get().isBefore(begin) ? 0 : 1;
      }
    }
    return new HistoryStrip(List.of(cells), fired);
  }

  private static void mark(Cell[] cells, Instant begin, Instant from, Instant to, Cell with) {
    long length = LENGTH.toMillis() / CELLS;
    long first = Math.max(0, Duration.between(begin, from).toMillis() / length);
    long last = Math.min(CELLS - 1, Duration.between(begin, to).toMillis() / length);
    for (long i = first; i <= last; i++) {
      if (cells[(int) i].compareTo(with) < 0) {
        cells[(int) i] = with;
      }
    }
  }

  /** For those who do not see it. */
  public String words() {
    long firing = cells.stream().filter(cell -> cell == Cell.FIRING).count();
    if (firing == 0) {
      return cells.contains(Cell.PENDING)
          ? "within 24 hours pending, never firing"
          : "quiet for 24 hours";
    }
    return "fired %s within 24 hours, in %d of 48 half hours"
        .formatted(fired == 1 ? "once" : fired + " times", firing);
  }
}
