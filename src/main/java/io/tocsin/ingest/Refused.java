package io.tocsin.ingest;

import java.util.Map;

/**
 * Samples of a request that could not be taken while the others were.
 *
 * @param counts how many, by reason
 * @param first the first one in words: where it stood, what was found, what was expected
 */
public record Refused(Map<Reason, Integer> counts, String first) {

  /** Everything was taken. */
  public static final Refused NOTHING = new Refused(Map.of(), "");

  /** Why a sample is refused. */
  public enum Reason {
    /** Labels that break a rule: no name, one twice, too long, not UTF-8. */
    LABELS("invalid_labels"),
    /** A timestamp before the epoch or too far ahead. */
    TIMESTAMP("out_of_bounds"),
    /** A native (exponential) histogram, which the series store cannot hold. */
    NATIVE_HISTOGRAM("native_histogram"),
    /** A point whose kind or temporality we cannot keep as a series. */
    KIND("unsupported_kind"),
    /** A difference since a moment we know nothing of. */
    DELTA("delta");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** As it stands in the label {@code reason} of {@code tocsin_samples_rejected_total}. */
    public String word() {
      return word;
    }
  }

  public Refused {
    counts = Map.copyOf(counts);
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** How many in all. */
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
