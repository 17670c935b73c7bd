package io.tocsin.silence;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import net.fortuna.ical4j.model.Recur;
import org.jspecify.annotations.Nullable;

/**
 * How a silence comes again: an RRULE, counted from its first start by the clock of a place. Every
 * occurrence is as long as the first.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10">RFC 5545 §3.3.10</a>
 */
public final class Recurrence {

  private static final Duration FORESIGHT = Duration.ofDays(2);
  private static final Duration LONGEST_SEARCH = Duration.ofDays(366 * 5);

  private final String rule;
  private final ZoneId zone;
  private final Recur<ZonedDateTime> recur;
  private volatile @Nullable Window window;

  /** Occurrences known for a stretch of time, so that a second later they need not be counted. */
  private record Window(
      Instant first, Duration length, Instant from, Instant to, List<Instant> starts) {}

  private Recurrence(String rule, ZoneId zone, Recur<ZonedDateTime> recur) {
    this.rule = rule;
    this.zone = zone;
    this.recur = recur;
  }

  /**
   * Reads a rule such as {@code FREQ=WEEKLY;BYDAY=SA}.
   *
   * @param zone name of the place, as in {@code Europe/Berlin}
   * @throws IllegalArgumentException saying what was found and expected
   */
  public static Recurrence of(String rule, String zone) {
    String bare = rule.strip().toUpperCase(Locale.ROOT).replaceFirst("^RRULE:", "");
    if (bare.matches(".*FREQ=(SECONDLY|MINUTELY|HOURLY).*")) {
      throw new IllegalArgumentException(
          "rrule: found \"" + rule + "\", expected at most one occurrence a day");
    }
    try {
      return new Recurrence(bare, ZoneId.of(zone), new Recur<>(bare));
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "zone: found \"" + zone + "\", expected a time zone such as Europe/Berlin", unknown);
    } catch (RuntimeException wrong) {
      throw new IllegalArgumentException(
          "rrule: found \"" + rule + "\", expected a rule such as FREQ=WEEKLY;BYDAY=SA", wrong);
    }
  }

  public String rule() {
    return rule;
  }

  public String zone() {
    return zone.getId();
  }

  /** The start of the occurrence that is under way at an instant. */
  Optional<Instant> underWay(Instant first, Duration length, Instant at) {
    return starts(first, length, at).stream()
        .filter(start -> !start.isAfter(at) && start.plus(length).isAfter(at))
        .reduce((a, b) -> b);
  }

  /** The first occurrence that begins after an instant; none within five years. */
  Optional<Instant> next(Instant first, Instant at) {
    ZonedDateTime seed = first.atZone(zone);
    return Optional.ofNullable(recur.getNextDate(seed, at.atZone(zone)))
        .map(ZonedDateTime::toInstant)
        .filter(start -> start.isBefore(at.plus(LONGEST_SEARCH)));
  }

  private List<Instant> starts(Instant first, Duration length, Instant at) {
    Window known = window;
    if (known == null
        || !known.first.equals(first)
        || !known.length.equals(length)
        || at.isBefore(known.from)
        || !at.isBefore(known.to)) {
      Instant to = at.plus(FORESIGHT);
      List<Instant> starts =
          recur
              .getDates(first.atZone(zone), at.minus(length).atZone(zone), to.atZone(zone))
              .stream()
              .map(ZonedDateTime::toInstant)
              .filter(start -> !start.isBefore(first))
              .toList();
      known = new Window(first, length, at, to, starts);
      window = known;
    }
    return known.starts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Recurrence that && rule.equals(that.rule) && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rule, zone);
  }

  @Override
  public String toString() {
    return rule + " in " + zone;
  }
}
