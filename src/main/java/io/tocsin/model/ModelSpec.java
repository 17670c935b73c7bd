package io.tocsin.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A watched model as configured.
 *
 * @param window stretch that current figures (confidence, missing, latency) are taken over
 * @param accuracyWindow stretch that accuracy is taken over, by the time of the prediction
 * @param reference what rules compare with when they name nothing else
 * @param slices labels of predictions whose values are counted apart
 * @param join which predictions wait for their truth, and how long
 * @param positive the class that a score is the score of; true or 1 when absent
 * @param report when its daily report is made
 * @param targets what is good enough
 */
public record ModelSpec(
    String name,
    Duration window,
    Duration accuracyWindow,
    ReferenceSource reference,
    List<String> slices,
    Join join,
    Optional<String> positive,
    ReportPlan report,
    Targets targets) {

  /** Labels that may be declared as slices. */
  public static final int MOST_SLICES = 5;

  /**
   * How truths find their predictions.
   *
   * @param window how long a prediction waits for its truth
   * @param rows predictions that wait at once; above it a sample of one in two, four, ... by the
   *     hash of the id
   * @param maturity how long a truth without a prediction waits for one, before it is an orphan
   */
  public record Join(Duration window, int rows, Duration maturity) {

    /** Seven days, 200,000 rows of about 40 bytes, one day. */
    public static final Join DEFAULT = new Join(Duration.ofDays(7), 200_000, Duration.ofDays(1));

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException for an empty window, or rows out of 1,000 to 5,000,000
     */
    public Join {
      if (!window.isPositive() || maturity.isNegative() || rows < 1_000 || rows > 5_000_000) {
        throw new IllegalArgumentException(
            "a join needs a positive window and 1000 to 5000000 rows, found %s, %d rows, maturity %s"
                .formatted(window, rows, maturity));
      }
    }
  }

  /**
   * What a model has to keep to be called healthy.
   *
   * @param accuracy least share of right answers, ratio 0-1
   * @param latency 95 % of the answers should be faster
   * @param slow 95 % of the answers have to be faster
   */
  public record Targets(double accuracy, Duration latency, Duration slow) {

    /** 95 %, 50 ms, 100 ms. */
    public static final Targets DEFAULT =
        new Targets(0.95, Duration.ofMillis(50), Duration.ofMillis(100));

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException for an accuracy outside 0-1, or latencies out of order
     */
    public Targets {
      if (!(accuracy >= 0 && accuracy <= 1)) {
        throw new IllegalArgumentException("an accuracy from 0 to 1");
      }
      if (!latency.isPositive() || slow.compareTo(latency) < 0) {
        throw new IllegalArgumentException(
            "latencies above 0, the critical one at least the other");
      }
    }
  }

  /** With the usual report and the shipped targets. */
  public ModelSpec(
      String name,
      Duration window,
      Duration accuracyWindow,
      ReferenceSource reference,
      List<String> slices,
      Join join,
      Optional<String> positive) {
    this(
        name,
        window,
        accuracyWindow,
        reference,
        slices,
        join,
        positive,
        ReportPlan.DEFAULT,
        Targets.DEFAULT);
  }

  /**
   * Checks the slices.
   *
   * @throws IllegalArgumentException for more than {@link #MOST_SLICES}
   */
  public ModelSpec {
    slices = List.copyOf(slices);
    if (slices.size() > MOST_SLICES) {
      throw new IllegalArgumentException(
          "at most %d labels may be slices, found %d".formatted(MOST_SLICES, slices.size()));
    }
  }

  /** A model nobody configured: one hour against its baseline, accuracy over seven days. */
  public static ModelSpec of(String name) {
    return new ModelSpec(
        name,
        Duration.ofHours(1),
        Duration.ofDays(7),
        new ReferenceSource.Baseline(),
        List.of(),
        Join.DEFAULT,
        Optional.empty());
  }
}
