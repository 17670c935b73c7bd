package io.tocsin.rule.drift;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * What a reading means after those before it. Pure: the same readings give the same verdicts.
 *
 * @param after what to remember
 * @param level of the alert there should be, if any
 * @param rows that are part of it, the worst first
 * @param begun rows that became part of it with this reading, or rose to the critical level
 * @param improved rows that changed for the better with this reading
 */
public record Verdict(
    Standing after, Optional<Level> level, List<Row> rows, List<Row> begun, List<Row> improved) {

  public Verdict {
    rows = List.copyOf(rows);
    begun = List.copyOf(begun);
    improved = List.copyOf(improved);
  }

  /** The identity of a row in streaks. */
  static String key(Row row) {
    return row.name() + "/" + row.method();
  }

  /**
   * Judges a reading.
   *
   * <ul>
   *   <li>A row fires when enough windows in a row reached a threshold above the noise; a window
   *       that overlaps the last counted one is the same evaluation and changes nothing.
   *   <li>A firing row ends when its effect falls below its threshold times {@code clear_at}.
   *   <li>A row without enough data changes nothing: neither does it fire nor does it end.
   *   <li>After an end nothing fires for the cooldown.
   * </ul>
   */
  public static Verdict of(DriftTerms terms, Duration window, Standing before, Reading reading) {
    return new Step(terms, window, before, reading).verdict();
  }

  private static final class Step {
    private final DriftTerms terms;
    private final Standing before;
    private final Reading reading;
    private final boolean cooling;
    private final HashMap<String, Streak> streaks = new HashMap<>();
    private final List<Row> firing = new ArrayList<>();
    private final List<Row> begun = new ArrayList<>();
    private final List<String> better = new ArrayList<>();
    private final List<Row> improved = new ArrayList<>();

    Step(DriftTerms terms, Duration window, Standing before, Reading reading) {
      this.terms = terms;
      this.before = before;
      this.reading = reading;
      Duration cooldown = terms.cooldown().orElse(window);
      this.cooling =
          before.firing().isEmpty()
              && before
                  .endedAt()
                  .map(end -> reading.to().isBefore(end.plus(cooldown)))
                  .orElse(false);
    }

    Verdict verdict() {
      reading.rows().forEach(this::take);
      boolean measured = reading.measured();
      if (!measured) {
        before.streaks().forEach(streaks::putIfAbsent);
      }
      Optional<Level> level =
          streaks.values().stream()
              .flatMap(streak -> streak.firing().stream())
              .max(Level::compareTo);
      boolean ended = before.firing().isPresent() && level.isEmpty();
      var after =
          new Standing(
              streaks,
              ended ? Optional.of(reading.to()) : before.endedAt(),
              Optional.of(reading.to()),
              before.cursor(),
              before.driftedAt(),
              measured ? better : before.improved());
      return new Verdict(after, level, firing, begun, improved);
    }

    private void take(Row row) {
      String key = key(row);
      Optional<Streak> known = Optional.ofNullable(before.streaks().get(key));
      Optional<Streak> next =
          switch (row.state()) {
            case INSUFFICIENT_DATA, UNSUITABLE -> known;
            case QUIET, IMPROVED, WARNING, CRITICAL -> measured(row, known);
          };
      next.ifPresent(streak -> streaks.put(key, streak));
      next.filter(streak -> streak.firing().isPresent()).ifPresent(streak -> firing.add(row));
      if (row.state() == Row.State.IMPROVED) {
        better.add(key);
        if (!before.improved().contains(key)) {
          improved.add(row);
        }
      }
    }

    private Optional<Streak> measured(Row row, Optional<Streak> known) {
      Optional<Streak> counted =
          known.map(streak -> count(row, streak)).orElseGet(() -> first(row));
      return counted.map(
          streak -> streak.firing().isPresent() ? held(row, streak) : started(row, streak));
    }

    private Optional<Streak> first(Row row) {
      return row.level().map(level -> Streak.begun(level, reading.to()));
    }

    /** Counts the window when it does not overlap the last counted one. */
    private Optional<Streak> count(Row row, Streak streak) {
      Optional<Level> level = row.level();
      boolean fires = streak.firing().isPresent();
      if (fires && row.effect() < least(row, streak) * terms.clearAt()) {
        return Optional.empty();
      }
      if (reading.from().isBefore(streak.counted())) {
        return Optional.of(streak);
      }
      if (level.isPresent()) {
        return Optional.of(streak.plus(level.get(), reading.to()));
      }
      return fires ? Optional.of(streak) : Optional.empty();
    }

    /** The threshold of the mildest level that a firing row may fall back to. */
    private static double least(Row row, Streak streak) {
      return streak.firing().isPresent() ? row.thresholds().least() : 0;
    }

    private Streak started(Row row, Streak streak) {
      Optional<Level> level = streak.confirmed(terms.evaluations());
      if (level.isEmpty() || cooling || row.level().isEmpty()) {
        return streak;
      }
      begun.add(row);
      return streak.at(level);
    }

    /** Worse at once when confirmed; milder only below the critical threshold's clearing point. */
    private Streak held(Row row, Streak streak) {
      Level now = streak.firing().orElseThrow();
      if (now == Level.WARNING
          && streak.confirmed(terms.evaluations()).equals(Optional.of(Level.CRITICAL))) {
        begun.add(row);
        return streak.at(Optional.of(Level.CRITICAL));
      }
      if (now == Level.CRITICAL
          && row.thresholds().warning().isPresent()
          && row.effect() < row.thresholds().critical() * terms.clearAt()) {
        return new Streak(
            streak.warnings(), 0, streak.counted(), streak.since(), Optional.of(Level.WARNING));
      }
      return streak;
    }
  }
}
