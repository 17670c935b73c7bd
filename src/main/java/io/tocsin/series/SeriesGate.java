package io.tocsin.series;

import io.tocsin.label.Labels;
import io.tocsin.series.Unadmitted.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets series in as long as {@link SeriesLimits} allow, and keeps count by job. A job's new series
 * fill a bucket that empties at a steady rate. The directory calls it with its lock held; anybody
 * may ask for a {@link #census}.
 */
final class SeriesGate {
  private static final String JOB = "job";
  private static final int SECONDS = 60;
  private static final double NANOS = 1e9;

  /** What is counted of a job. */
  private static final class Count {
    private int live;
    private double fill;
    private long at;
    private long refused;
  }

  private final SeriesLimits limits;
  private final LongSupplier nanos;
  private final Map<String, Count> jobs = new HashMap<>();
  private final long[] created = new long[SECONDS];
  private final long[] createdAt = new long[SECONDS];
  private int live;
  private long createdEver;

  /**
   * @param nanos a clock that only goes on, nanoseconds
   */
  SeriesGate(SeriesLimits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
    Arrays.fill(createdAt, Long.MIN_VALUE);
  }

  SeriesLimits limits() {
    return limits;
  }

  /** Why a series may not come in; null when it may, and then it is counted. */
  synchronized @Nullable Reason refuse(Labels labels) {
    Count known = jobs.get(labels.get(JOB));
    if (known == null && live >= limits.total()) {
      return Reason.TOTAL; // and no count of a job that may be the sender's invention
    }
    Count job = job(labels);
    long now = nanos.getAsLong();
    Reason reason = reason(job, now);
    if (reason != null) {
      job.refused++;
      return reason;
    }
    job.fill++;
    come(job, now);
    return null;
  }

  private @Nullable Reason reason(Count job, long now) {
    if (live >= limits.total()) {
      return Reason.TOTAL;
    }
    if (job.live >= limits.perJob()) {
      return Reason.JOB;
    }
    job.fill = Math.max(0, job.fill - (now - job.at) / NANOS * limits.newPerSecond());
    job.at = now;
    return job.fill + 1 > limits.burst() ? Reason.RATE : null;
  }

  /** A series comes in that was let in before, by an earlier run or another node. */
  synchronized void enter(Labels labels) {
    come(job(labels), nanos.getAsLong());
  }

  private void come(Count job, long now) {
    job.live++;
    live++;
    createdEver++;
    long second = Math.floorDiv(now, (long) NANOS);
    int slot = (int) Math.floorMod(second, (long) SECONDS);
    if (createdAt[slot] != second) {
      createdAt[slot] = second;
      created[slot] = 0;
    }
    created[slot]++;
  }

  /** A series is gone. */
  synchronized void leave(Labels labels) {
    live--;
    Count job = job(labels);
    job.live--;
    if (job.live == 0) {
      jobs.remove(labels.get(JOB));
    }
  }

  private Count job(Labels labels) {
    return jobs.computeIfAbsent(labels.get(JOB), name -> new Count());
  }

  /** The counts now, with the largest jobs and those that were refused most. */
  synchronized SeriesCensus census(int most) {
    var all = new ArrayList<SeriesCensus.Job>(jobs.size());
    jobs.forEach((name, job) -> all.add(new SeriesCensus.Job(name, job.live, job.refused)));
    all.sort(
        Comparator.comparingInt(SeriesCensus.Job::series)
            .reversed()
            .thenComparing(Comparator.comparingLong(SeriesCensus.Job::refused).reversed())
            .thenComparing(SeriesCensus.Job::name));
    return new SeriesCensus(
        live,
        limits,
        createdEver,
        createdLately(),
        List.copyOf(all.subList(0, Math.min(most, all.size()))));
  }

  private long createdLately() {
    long second = Math.floorDiv(nanos.getAsLong(), (long) NANOS);
    long sum = 0;
    for (int i = 0; i < SECONDS; i++) {
      sum += createdAt[i] > second - SECONDS ? created[i] : 0;
    }
    return sum;
  }
}
