package io.tocsin.oncall;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody steps in for a while. A swap is two of them, each with whom it replaces.
 *
 * @param id names it
 * @param schedule of which schedule
 * @param start first instant
 * @param end first instant after it
 * @param person who steps in
 * @param replaces only where this person would have the shift; empty: for everybody
 * @param author who said so
 * @param reason in words, possibly none
 * @param createdAt of two that overlap the later one counts
 */
public record ShiftOverride(
    String id,
    String schedule,
    Instant start,
    Instant end,
    String person,
    Optional<String> replaces,
    String author,
    String reason,
    Instant createdAt) {

  /**
   * @throws IllegalArgumentException when it ends before it starts
   */
  public ShiftOverride {
    if (!end.isAfter(start)) {
      throw new IllegalArgumentException("end: found " + end + ", expected after " + start);
    }
  }

  void paint(Canvas canvas) {
    var source = new Shift.Source.OfOverride(id);
    if (replaces.isPresent()) {
      canvas.replace(start, end, replaces.get(), person, source);
    } else {
      canvas.paint(start, end, Optional.of(person), source);
    }
  }
}
