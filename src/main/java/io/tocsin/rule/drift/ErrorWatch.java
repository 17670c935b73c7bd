package io.tocsin.rule.drift;

import io.tocsin.drift.stream.ChangeDetector;
import io.tocsin.drift.stream.Detector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Follows the errors of one target with a change detector. A drift stands for one window; further
 * ones within it are the same drift. After a restart the detector is fed again with what is kept,
 * silently up to where it had come. One caller at a time.
 */
final class ErrorWatch {

  private final Criterion.Concept concept;
  private final DriftTerms terms;
  private final Detector detector;
  private long fed = -1;
  private Detector.State last = Detector.State.STABLE;
  private long rows;
  private double sum;
  private double before = Double.NaN;

  ErrorWatch(Criterion.Concept concept, DriftTerms terms) {
    this.concept = concept;
    this.terms = terms;
    this.detector = concept.detector().start(concept.options());
  }

  /** What was measured, and what to remember. */
  record Step(Reading reading, Standing standing) {}

  Step read(Target target, Duration window, ModelHistory past, Standing standing, Instant at) {
    List<ModelHistory.Mistake> errors = past.errors(target, fed, at);
    Optional<Instant> drifted = standing.driftedAt();
    long duplicates = 0;
    boolean fits = true;
    for (ModelHistory.Mistake error : errors) {
      boolean bits = concept.detector().input() == ChangeDetector.Input.BITS;
      if (bits && error.error() != 0 && error.error() != 1) {
        fits = false;
        break;
      }
      boolean drift = feed(error);
      if (drift && error.sequence() > standing.cursor()) {
        boolean again = drifted.map(when -> at.isBefore(when.plus(window))).orElse(false);
        duplicates += again ? 1 : 0;
        drifted = again ? drifted : Optional.of(at);
      }
    }
    Row row =
        fits
            ? row(drifted.filter(when -> at.isBefore(when.plus(window))), duplicates)
            : Row.without(
                "errors",
                concept.detector().id(),
                Row.State.UNSUITABLE,
                terms.thresholds(),
                0,
                rows,
                concept.detector().id() + " needs right and wrong answers, not distances");
    return new Step(
        Reading.of(target, at.minus(window), at, Optional.empty(), List.of(row)),
        standing.stream(Math.max(standing.cursor(), fed), drifted));
  }

  private boolean feed(ModelHistory.Mistake error) {
    fed = error.sequence();
    last = detector.add(error.error());
    rows++;
    sum += error.error();
    if (last != Detector.State.DRIFT) {
      return false;
    }
    before = rows > 1 ? (sum - error.error()) / (rows - 1) : sum;
    rows = 0;
    sum = 0;
    return true;
  }

  private Row row(Optional<Instant> drifted, long duplicates) {
    if (drifted.isEmpty() && rows < terms.minSamples()) {
      return Row.without(
          "errors",
          concept.detector().id(),
          Row.State.INSUFFICIENT_DATA,
          terms.thresholds(),
          0,
          rows,
          "%d judged rows (%d needed)".formatted(rows, terms.minSamples()));
    }
    Row.State state =
        drifted.isPresent()
            ? Row.State.CRITICAL
            : last == Detector.State.WARNING && terms.thresholds().warning().isPresent()
                ? Row.State.WARNING
                : Row.State.QUIET;
    double effect =
        switch (state) {
          case CRITICAL -> terms.thresholds().critical();
          case WARNING -> terms.thresholds().least();
          default -> 0;
        };
    String rate = rows == 0 ? "no rows since" : Spread.percent(sum / rows) + " errors since";
    return new Row(
        "errors",
        concept.detector().id(),
        state,
        rows == 0 ? Double.NaN : sum / rows,
        effect,
        terms.thresholds(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        0,
        0,
        rows,
        0,
        drifted
            .map(
                when ->
                    "errors became more frequent at %s: %s before, %s"
                        .formatted(when, Spread.percent(before), rate))
            .orElse(rows + " rows since the last change"),
        duplicates == 0 ? List.of() : List.of(duplicates + " repeated within the window"),
        Optional.empty());
  }
}
