package io.tocsin.rule.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure of an evaluation: of one input, of the answers, or of the model as a whole.
 *
 * @param name the input's name; else what it is of, as {@code prediction} or {@code accuracy}
 * @param method how it was measured
 * @param state what it came to
 * @param statistic in the method's own unit
 * @param effect what is held against the thresholds
 * @param thresholds the least effects that count
 * @param p probability without a change, where the method defines one
 * @param q p corrected for looking at many inputs at once
 * @param floor the statistic that sampling alone reaches in 1 of 1000 windows; 0 where there is
 *     none
 * @param reference rows of the reference
 * @param current rows of the window
 * @param missing rows of the window without a usable value
 * @param words the effect in words: {@code mean up 0.42 sd}, or why there is none
 * @param notes what a reader should know besides
 * @param detail both distributions, for those that lead
 */
public record Row(
    String name,
    String method,
    State state,
    double statistic,
    double effect,
    Thresholds thresholds,
    OptionalDouble p,
    OptionalDouble q,
    double floor,
    long reference,
    long current,
    long missing,
    String words,
    List<String> notes,
    Optional<Detail> detail) {

  /** What a row came to. */
  public enum State {
    /** Below every threshold, or within the noise. */
    QUIET,
    /** Worth a look. */
    WARNING,
    /** Worth acting on. */
    CRITICAL,
    /** Changed as much, but for the better. */
    IMPROVED,
    /** Too few rows to say anything. */
    INSUFFICIENT_DATA,
    /** The method does not fit the values. */
    UNSUITABLE
  }

  public Row {
    notes = List.copyOf(notes);
  }

  /** A row that says why there is no figure. */
  static Row without(
      String name, String method, State state, Thresholds thresholds, long n, long m, String why) {
    return new Row(
        name,
        method,
        state,
        Double.NaN,
        Double.NaN,
        thresholds,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        0,
        n,
        m,
        0,
        why,
        List.of(),
        Optional.empty());
  }

  /** The level it reached. */
  public Optional<Level> level() {
    return switch (state) {
      case WARNING -> Optional.of(Level.WARNING);
      case CRITICAL -> Optional.of(Level.CRITICAL);
      case QUIET, IMPROVED, INSUFFICIENT_DATA, UNSUITABLE -> Optional.empty();
    };
  }

  /** Whether it says anything about the model. */
  public boolean measured() {
    return state != State.INSUFFICIENT_DATA && state != State.UNSUITABLE;
  }

  Row as(State other) {
    return with(other, q, notes, detail);
  }

  Row q(double value) {
    return with(state, OptionalDouble.of(value), notes, detail);
  }

  Row note(String text) {
    var more = new ArrayList<>(notes);
    more.add(text);
    return with(state, q, more, detail);
  }

  Row detail(Optional<Detail> shown) {
    return with(state, q, notes, shown);
  }

  private Row with(
      State otherState, OptionalDouble otherQ, List<String> otherNotes, Optional<Detail> shown) {
    return new Row(
        name,
        method,
        otherState,
        statistic,
        effect,
        thresholds,
        p,
        otherQ,
        floor,
        reference,
        current,
        missing,
        words,
        otherNotes,
        shown);
  }
}
