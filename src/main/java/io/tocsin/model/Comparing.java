package io.tocsin.model;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** Puts the two sides of a question together. */
final class Comparing {

  private Comparing() {}

  /**
   * @param numbers the segments whose rows are the window
   * @param frozenAt when the baseline was frozen, milliseconds since the epoch
   */
  static Sides sides(
      History history, DriftQuestion question, int[] numbers, long frozenAt, long now) {
    long window = question.window().toMillis();
    List<Span> past = past(question.reference(), window, now);
    History.Pair pair =
        past.isEmpty()
            ? history.againstBaseline(numbers, window, now)
            : history.againstPast(numbers, window, now, past);
    long from = past.stream().mapToLong(Span::from).min().orElse(0);
    long to = past.stream().mapToLong(Span::to).max().orElse(frozenAt);
    return new Sides(
        pair.reference(),
        pair.window(),
        stretch(pair.before(), from, to),
        stretch(pair.now(), now - window, now));
  }

  /** The stretches a moving reference is made of; none for a frozen one. */
  private static List<Span> past(ReferenceSource reference, long window, long now) {
    return switch (reference) {
      case ReferenceSource.Baseline ignored -> List.of();
      case ReferenceSource.Trailing(var length, var offset) -> {
        long to = now - offset.toMillis();
        yield List.of(new Span(to - length.toMillis(), to));
      }
      case ReferenceSource.Seasonal seasonal -> Weeks.before(seasonal, window, now);
    };
  }

  private static Stretch stretch(History.Facts facts, long from, long to) {
    Moments moments = facts.moments();
    boolean numbers = facts.numbers();
    return new Stretch(
        Instant.ofEpochMilli(from),
        Instant.ofEpochMilli(to),
        moments.rows(),
        moments.missing(),
        numbers ? moments.mean() : OptionalDouble.empty(),
        numbers ? moments.sd() : OptionalDouble.empty(),
        numbers ? moments.smallest() : OptionalDouble.empty(),
        numbers ? moments.largest() : OptionalDouble.empty(),
        facts.unseen(),
        facts.outside());
  }
}
