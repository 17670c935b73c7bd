package io.tocsin.series;

import io.tocsin.label.Labels;
import io.tocsin.series.Unadmitted.Cause;
import io.tocsin.series.Unadmitted.Reason;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refused samples of one batch, as they are found. */
final class Refusals {
  private final Map<Cause, Integer> counts = new HashMap<>();
  private @Nullable Cause firstCause;
  private Labels first = Labels.EMPTY;

  void add(Reason reason, Labels labels) {
    var cause = new Cause(reason, labels.get("job"));
    counts.merge(cause, 1, Integer::sum);
    if (firstCause == null) {
      firstCause = cause;
      first = labels;
    }
  }

  Unadmitted done(SeriesLimits limits) {
    Cause cause = firstCause;
    return cause == null ? Unadmitted.NONE : new Unadmitted(counts, words(cause, limits));
  }

  private String words(Cause cause, SeriesLimits limits) {
    String job = cause.job().isEmpty() ? "series without job" : "job \"" + cause.job() + "\"";
    return first
        + ": "
        + switch (cause.reason()) {
          case TOTAL -> "there are " + limits.total() + " series, the most there may be";
          case JOB -> job + " has " + limits.perJob() + " series, the most one job may have";
          case RATE ->
              job
                  + " opened "
                  + limits.burst()
                  + " series at once, the most it may, at "
                  + limits.newPerSecond()
                  + " per second in the long run";
        };
  }
}
