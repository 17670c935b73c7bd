package io.tocsin.series;

import io.tocsin.label.Labels;
import io.tocsin.series.Unadmitted.Cause;
import io.tocsin.series.Unadmitted.Reason;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets the series of one batch in, and counts the samples of those that are refused. */
final class Admission {
  private final SeriesDirectory directory;
  private final Map<Cause, Integer> counts = new HashMap<>();
  private @Nullable Cause firstCause;
  private Labels first = Labels.EMPTY;

  Admission(SeriesDirectory directory) {
    this.directory = directory;
  }

  /** The batch with its series, without the samples of those that are not let in. */
  Admitted of(SampleBatch batch) {
    var series = new MemorySeries[batch.size()];
    SampleBatch.@Nullable Builder kept = null;
    int size = 0;
    for (int i = 0; i < batch.size(); i++) {
      Labels labels = batch.labels(i);
      MemorySeries found = admit(labels, i < batch.sure());
      if (found == null && kept == null) {
        kept = batch.firstOnes(i);
      } else if (found != null && kept != null) {
        kept.add(labels, batch.timestamp(i), batch.value(i));
      }
      if (found != null) {
        series[size++] = found;
      }
    }
    return new Admitted(
        kept == null ? batch : kept.build(), series, done(directory.gate().limits()));
  }

  private @Nullable MemorySeries admit(Labels labels, boolean surely) {
    MemorySeries found = directory.admitted(labels);
    if (found != null) {
      return found;
    }
    Reason refused = directory.enter(labels, surely);
    if (refused != null) {
      add(refused, labels);
      return null;
    }
    return directory.find(labels);
  }

  private void add(Reason reason, Labels labels) {
    var cause = new Cause(reason, labels.get("job"));
    counts.merge(cause, 1, Integer::sum);
    if (firstCause == null) {
      firstCause = cause;
      first = labels;
    }
  }

  private Unadmitted done(SeriesLimits limits) {
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
