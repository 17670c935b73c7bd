package io.tocsin.check;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a check is run and judged, whatever its probe.
 *
 * @param name the check's name, unique
 * @param component the component it speaks for
 * @param interval from the start of one run to the start of the next
 * @param timeout a run longer than this has failed; at most the interval
 * @param downAfter consecutive failures that make it DOWN, at least 1
 * @param upAfter consecutive successes that make it UP again, at least 1
 * @param dependsOn names of checks whose trouble explains this one's
 * @param severity the severity of the check's own alert as written, {@code ""} when none is
 * @param guard the check that proves our own network; without its answer this one is never DOWN
 */
public record CheckPolicy(
    String name,
    String component,
    Duration interval,
    Duration timeout,
    int downAfter,
    int upAfter,
    List<String> dependsOn,
    String severity,
    Optional<String> guard) {

  /** A field outside its range. */
  public static final class Invalid extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String expected;

    private Invalid(String field, String found, String expected) {
      super(field + ": found " + found + ", expected " + expected);
      this.field = field;
      this.expected = expected;
    }

    /** The field as the configuration names it. */
    public String field() {
      return field;
    }

    public String expected() {
      return expected;
    }
  }

  /**
   * @throws Invalid when a field is outside its range
   */
  public CheckPolicy {
    dependsOn = List.copyOf(dependsOn);
    require(!name.isBlank(), "name", "a text", name);
    require(interval.isPositive(), "interval", "more than 0s", interval);
    require(
        timeout.isPositive() && timeout.compareTo(interval) <= 0,
        "timeout",
        "more than 0s and at most the interval, " + interval,
        timeout);
    require(downAfter >= 1, "down_after", "at least 1", downAfter);
    require(upAfter >= 1, "up_after", "at least 1", upAfter);
  }

  private static void require(boolean met, String field, String expected, Object found) {
    if (!met) {
      throw new Invalid(field, found.toString(), expected);
    }
  }
}
