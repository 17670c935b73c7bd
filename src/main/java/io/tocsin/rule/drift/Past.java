package io.tocsin.rule.drift;

import io.tocsin.model.ReferenceSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** Which stretches of the past a reference consists of. */
final class Past {

  /** What labels are compared with where the reference is a baseline, which has none. */
  static final Duration LABELLED = Duration.ofDays(7);

  private Past() {}

  /** The newest stretch first. A baseline stands for the week before the window. */
  static List<Reading.Span> spans(ReferenceSource reference, Duration window, Instant at) {
    return switch (reference) {
      case ReferenceSource.Baseline baseline -> {
        Instant to = at.minus(window);
        yield List.of(new Reading.Span(to.minus(LABELLED), to));
      }
      case ReferenceSource.Trailing(var length, var offset) -> {
        Instant to = at.minus(offset);
        yield List.of(new Reading.Span(to.minus(length), to));
      }
      case ReferenceSource.Seasonal(var same, int weeks) ->
          IntStream.rangeClosed(1, weeks)
              .mapToObj(week -> week(same, window, at.minus(Duration.ofDays(7L * week))))
              .toList();
    };
  }

  private static Reading.Span week(ReferenceSource.Same same, Duration window, Instant then) {
    return switch (same) {
      case HOUR -> new Reading.Span(then.minus(window), then);
      case WEEKDAY -> {
        Instant day = then.truncatedTo(ChronoUnit.DAYS);
        yield new Reading.Span(day, day.plus(Duration.ofDays(1)));
      }
    };
  }

  /** Judged predictions of all stretches together. */
  static ModelHistory.Judged judged(ModelHistory past, Target target, List<Reading.Span> spans) {
    ModelHistory.Judged sum = ModelHistory.Judged.NONE;
    for (Reading.Span span : spans) {
      sum = sum.plus(past.judged(target, span.from(), span.to()));
    }
    return sum;
  }
}
