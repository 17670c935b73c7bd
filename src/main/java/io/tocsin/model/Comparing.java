package io.tocsin.model;

import java.time.Duration;
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

  /**
   * @param day a local day that is kept
   * @param numbers all rows
   * @param earliest the begin of the sliding past
   */
  static Sides ofDay(
      History history,
      Span day,
      ReferenceSource reference,
      int[] numbers,
      long frozenAt,
      long earliest) {
    List<Span> spans = past(apart(reference, day), day.to() - day.from(), day.to());
    History.Past past;
    if (spans.isEmpty()) {
      past = new History.Past.Frozen();
    } else if (spans.stream().allMatch(span -> span.from() >= earliest)) {
      past = new History.Past.Stretches(numbers, spans);
    } else {
      spans = List.of(new Span(day.from() - DayTallies.KEPT.toMillis(), day.from()));
      past = new History.Past.Days(spans.getFirst());
    }
    History.Pair pair = history.ofDay(day, past);
    return new Sides(
        pair.reference(),
        pair.window(),
        stretch(
            pair.before(),
            spans.stream().mapToLong(Span::from).min().orElse(0),
            spans.stream().mapToLong(Span::to).max().orElse(frozenAt)),
        stretch(pair.now(), day.from(), day.to()));
  }

  /** A trailing reference that ends before the day begins. */
  private static ReferenceSource apart(ReferenceSource reference, Span day) {
    Duration length = Duration.ofMillis(Math.max(1, day.to() - day.from()));
    return reference instanceof ReferenceSource.Trailing(var window, var offset)
            && offset.compareTo(length) < 0
        ? new ReferenceSource.Trailing(window, length)
        : reference;
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
