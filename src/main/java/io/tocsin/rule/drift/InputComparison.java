package io.tocsin.rule.drift;

import io.tocsin.drift.DriftTest;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One input of a model beside its reference, with both distributions, for whoever looks at it: by
 * PSI over the model's own window, as the rules of the kind {@code data_drift} have it by default.
 */
public record InputComparison(ModelHistory past) {

  private static final long MIN_SAMPLES = 200;

  /** The row, with both distributions where there is enough of either to compare. */
  public Row of(String model, Subject subject, Instant at) {
    ModelSpec spec = past.spec(model);
    Duration window = spec.window();
    ReferenceSource reference =
        spec.reference() instanceof ReferenceSource.Trailing(var length, var offset)
            ? new ReferenceSource.Trailing(length, offset.compareTo(window) < 0 ? window : offset)
            : spec.reference();
    Target target = Target.of(model);
    Optional<ModelHistory.Sides> sides = past.sides(target, subject, reference, window, at);
    DriftTest test = DriftTest.PSI;
    var candidate = new Distributions.Candidate(Distributions.name(subject), sides);
    Row row = new Distributions(test, terms(target, test)).rows(List.of(candidate)).getFirst();
    return sides.isPresent() && row.measured()
        ? row.detail(Optional.of(Spread.of(sides.get().reference(), sides.get().window(), test)))
        : row;
  }

  private static DriftTerms terms(Target target, DriftTest test) {
    return new DriftTerms(
        target,
        new Criterion.Data(new Columns.All(), test, false),
        Optional.empty(),
        Optional.empty(),
        Thresholds.of(test.warning(), test.critical()),
        MIN_SAMPLES,
        5 * MIN_SAMPLES,
        Side.BOTH,
        DriftTerms.DEFAULT_EVALUATIONS,
        DriftTerms.DEFAULT_CLEAR_AT,
        Optional.empty(),
        Optional.empty());
  }
}
