package io.tocsin.check;

/**
 * A result and what it did to the verdict: a row of the check's history, and an event.
 *
 * @param result the run, as judged: a failure that is not held against the target is UNKNOWN here
 *     with the excuse as its cause
 * @param before the verdict until now
 * @param after the verdict from now on
 */
public record CheckObservation(CheckResult result, Verdict before, Verdict after) {

  /** Whether the verdict changed. */
  public boolean changed() {
    return before != after;
  }
}
