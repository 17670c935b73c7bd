package io.tocsin.series;

import java.util.HashMap;
import java.util.Map;

/**
 * Samples left out because their series were not let in, by reason and job.
 *
 * @param counts samples
 * @param first the first of them in words, "" when there are none
 */
public record Unadmitted(Map<Cause, Integer> counts, String first) {

  /** All were let in. */
  public static final Unadmitted NONE = new Unadmitted(Map.of(), "");

  /** Why a series is not let in. */
  public enum Reason {
    /** As many series are there as may be. */
    TOTAL("series_limit"),
    /** Its job has as many series as it may. */
    JOB("job_series_limit"),
    /** Its job opened as many series lately as it may. */
    RATE("series_rate_limit");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** As it stands in the label {@code reason} of our metrics. */
    public String word() {
      return word;
    }
  }

  /** A reason, with the value of the label {@code job} of those it hit. */
  public record Cause(Reason reason, String job) {}

  public Unadmitted {
    counts = Map.copyOf(counts);
  }

  /** Samples in all. */
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Samples by reason. */
  public Map<Reason, Integer> byReason() {
    var byReason = new HashMap<Reason, Integer>();
    counts.forEach((cause, count) -> byReason.merge(cause.reason, count, Integer::sum));
    return byReason;
  }
}
