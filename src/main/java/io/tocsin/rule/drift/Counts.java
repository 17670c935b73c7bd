package io.tocsin.rule.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Numbers of predictions and of labels. */
final class Counts {

  /** Poisson standard deviations that a change of volume has to exceed: 1 in 1000, two-sided. */
  private static final double DEVIATIONS = 3.29;

  private Counts() {}

  /** Predictions of the window over or under what is allowed; the effect is 1 at the limit. */
  static List<Row> volume(
      DriftTerms terms,
      Criterion.Volume volume,
      ModelHistory past,
      Target target,
      Measurement asked,
      Instant at) {
    long now = past.volume(target, at.minus(asked.window()), at).predictions();
    double effect = 0;
    String words = now + " predictions";
    long reference = 0;
    if (volume.least().isPresent()) {
      effect = volume.least().getAsDouble() / Math.max(0.5, (double) now);
      words += ", at least " + Spread.figure(volume.least().getAsDouble()) + " expected";
    }
    if (volume.most().isPresent()) {
      effect = Math.max(effect, now / volume.most().getAsDouble());
      words += ", at most " + Spread.figure(volume.most().getAsDouble()) + " expected";
    }
    if (volume.change().isPresent()) {
      Duration length = Duration.ZERO;
      for (Reading.Span span : asked.spans(at)) {
        reference += past.volume(target, span.from(), span.to()).predictions();
        length = length.plus(Duration.between(span.from(), span.to()));
      }
      if (reference < terms.minReference()) {
        return List.of(
            Row.without(
                "predictions",
                "rows",
                Row.State.INSUFFICIENT_DATA,
                terms.thresholds(),
                reference,
                now,
                "%d predictions in the reference (%d needed)"
                    .formatted(reference, terms.minReference())));
      }
      double usual = (double) reference * asked.window().toMillis() / length.toMillis();
      double gap = Math.abs(now - usual);
      if (gap > DEVIATIONS * Math.sqrt(usual)) {
        effect = Math.max(effect, gap / usual / volume.change().getAsDouble());
      }
      words += ", %s in such a window before".formatted(Spread.figure(usual));
    }
    return List.of(row("predictions", "rows", (double) now, effect, terms, reference, now, words));
  }

  /** Share of predictions, old enough for a label, that have none. */
  static List<Row> labels(
      DriftTerms terms,
      Criterion.LabelDelay delay,
      ModelHistory past,
      Target target,
      Duration window,
      Instant at) {
    Instant to = at.minus(delay.olderThan());
    ModelHistory.Volume volume = past.volume(target, to.minus(window), to);
    if (volume.labellable() < terms.minSamples()) {
      return List.of(
          Row.without(
              "labels",
              "unlabelled",
              Row.State.INSUFFICIENT_DATA,
              terms.thresholds(),
              0,
              volume.labellable(),
              "%d predictions with an id in the window (%d needed)"
                  .formatted(volume.labellable(), terms.minSamples())));
    }
    double share = 1 - (double) volume.labelled() / volume.labellable();
    String words =
        "%d of %d labels missing after %s"
            .formatted(
                volume.labellable() - volume.labelled(), volume.labellable(), delay.olderThan());
    return List.of(row("labels", "unlabelled", share, share, terms, 0, volume.labellable(), words));
  }

  private static Row row(
      String name,
      String method,
      double statistic,
      double effect,
      DriftTerms terms,
      long reference,
      long current,
      String words) {
    return new Row(
        name,
        method,
        terms.thresholds().level(effect).map(Distributions::state).orElse(Row.State.QUIET),
        statistic,
        effect,
        terms.thresholds(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        0,
        reference,
        current,
        0,
        words,
        List.of(),
        Optional.empty());
  }
}
