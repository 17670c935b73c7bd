package io.tocsin.oncall;

import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of a schedule during which the same person carries the pager, or nobody does.
 *
 * @param start first instant
 * @param end first instant after it
 * @param person who; empty in a gap
 * @param source where it comes from
 */
public record Shift(Instant start, Instant end, Optional<String> person, Source source) {

  /** Why somebody has a shift. */
  public sealed interface Source {

    /** A layer's rotation. */
    record OfLayer(String layer) implements Source {}

    /** Somebody stepped in. */
    record OfOverride(String id) implements Source {}

    /** Nobody has it. */
    record Gap() implements Source {}
  }

  public boolean gap() {
    return person.isEmpty();
  }

  boolean goesOnAs(Shift next) {
    return end.equals(next.start) && person.equals(next.person) && source.equals(next.source);
  }
}
