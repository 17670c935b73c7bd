package io.tocsin.oncall;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * People who take turns. Hand-offs are readings of the wall clock: a weekly rotation hands over at
 * 09:00 in summer and winter, so the shift over a change of the clocks is an hour longer or
 * shorter. The turns go on before the start as they do after it; a {@link Layer} says when they
 * count.
 *
 * @param people in order of their turns
 * @param start a hand-off to the first of them
 * @param length of a shift by the wall clock: 24 h is daily, 168 h weekly
 * @param zone where the wall clock hangs
 */
public record Rotation(List<String> people, LocalDateTime start, Duration length, ZoneId zone) {

  /** The shortest shift. */
  public static final Duration SHORTEST = Duration.ofHours(1);

  /** The longest shift: a leap year. */
  public static final Duration LONGEST = Duration.ofDays(366);

  /**
   * @throws IllegalArgumentException when nobody takes turns or the length is out of bounds
   */
  public Rotation {
    people = List.copyOf(people);
    if (people.isEmpty()) {
      throw new IllegalArgumentException("rotation: found nobody, expected at least one person");
    }
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "rotation: found shifts of " + length + ", expected " + SHORTEST + " to " + LONGEST);
    }
  }

  /** Who has the shift at an instant. */
  public String at(Instant at) {
    return person(turn(at));
  }

  /** Tells of every shift that touches {@code [from, to)}: its person and its begin. */
  void shifts(Instant from, Instant to, BiConsumer<Instant, String> each) {
    long turn = turn(from);
    for (Instant begin = handOff(turn); begin.isBefore(to); begin = handOff(++turn)) {
      each.accept(begin, person(turn));
    }
  }

  /** When a turn begins; turn 0 is the first person's at the start. */
  Instant handOff(long turn) {
    return new WallClock(zone).instant(start.plus(length.multipliedBy(turn)));
  }

  /** The turn under way: the last one that began. */
  long turn(Instant at) {
    Duration since = Duration.between(start, new WallClock(zone).reading(at));
    long turn = Math.floorDiv(since.toSeconds(), length.toSeconds());
    // Where the clock is put back, its reading lies a turn or two behind the one under way.
    while (handOff(turn).isAfter(at)) {
      turn--;
    }
    while (!handOff(turn + 1).isAfter(at)) {
      turn++;
    }
    return turn;
  }

  private String person(long turn) {
    return people.get(Math.floorMod(turn, people.size()));
  }
}
