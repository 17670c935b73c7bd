package io.tocsin.oncall;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where people say that somebody steps in, or that two swap. Calls may block.
 *
 * @param roster the schedules as configured now
 * @param store where overrides are kept
 * @param changed called after an override was written or removed
 * @param ids a fresh id each time
 */
public record ShiftDesk(
    Supplier<Roster> roster, ShiftOverrideStore store, Runnable changed, Supplier<String> ids) {

  /**
   * Somebody steps in for a while.
   *
   * @param replaces only where this person would have the shift; empty: for everybody
   */
  public record Cover(
      String person,
      Instant start,
      Instant end,
      Optional<String> replaces,
      Optional<String> reason) {}

  /** Two people take each other's shifts, each within a stretch. */
  public record Swap(
      String person,
      Instant start,
      Instant end,
      String with,
      Instant withStart,
      Instant withEnd,
      Optional<String> reason) {}

  /** A field that cannot be as it is. */
  public static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String field;
    private final String found;
    private final String expected;

    Wrong(String field, String found, String expected) {
      super(field + ": found \"" + found + "\", expected " + expected);
      this.field = field;
      this.found = found;
      this.expected = expected;
    }

    public String field() {
      return field;
    }

    public String found() {
      return found;
    }

    public String expected() {
      return expected;
    }
  }

  /**
   * Keeps that somebody steps in.
   *
   * @throws Wrong when somebody is unknown or the time is none, over or too long
   */
  public ShiftOverride cover(Schedule schedule, Cover it, String author, Instant now) {
    ShiftOverride override = made(schedule, it, author, now, "person", "end");
    save(List.of(override));
    return override;
  }

  /**
   * Keeps both halves of a swap, or none.
   *
   * @throws Wrong as {@link #cover} does
   */
  public List<ShiftOverride> swap(Schedule schedule, Swap it, String author, Instant now) {
    var mine = new Cover(it.with, it.start, it.end, Optional.of(it.person), it.reason);
    var theirs = new Cover(it.person, it.withStart, it.withEnd, Optional.of(it.with), it.reason);
    List<ShiftOverride> both =
        List.of(
            made(schedule, mine, author, now, "with", "end"),
            made(schedule, theirs, author, now, "person", "with_end"));
    save(both);
    return both;
  }

  /** Takes an override back; false when there is none of that id. */
  public boolean remove(String id) {
    boolean removed = store.remove(id);
    if (removed) {
      changed.run();
    }
    return removed;
  }

  private ShiftOverride made(
      Schedule schedule, Cover it, String author, Instant now, String who, String end) {
    requirePerson(who, it.person);
    it.replaces.ifPresent(name -> requirePerson("replaces", name));
    if (!it.end.isAfter(it.start) || !it.end.isAfter(now)) {
      throw new Wrong(end, it.end.toString(), "a time after start and after now");
    }
    if (Duration.between(it.start, it.end).compareTo(Schedule.LONGEST) > 0) {
      throw new Wrong(
          end, it.end.toString(), "at most " + Schedule.LONGEST.toDays() + " days after start");
    }
    return new ShiftOverride(
        ids.get(),
        schedule.name(),
        it.start,
        it.end,
        it.person,
        it.replaces,
        author,
        it.reason.orElse(""),
        now);
  }

  private void requirePerson(String field, String name) {
    if (!roster.get().people().containsKey(name)) {
      throw new Wrong(field, name, "one of " + String.join(", ", roster.get().people().keySet()));
    }
  }

  private void save(List<ShiftOverride> overrides) {
    store.save(overrides);
    changed.run();
  }
}
