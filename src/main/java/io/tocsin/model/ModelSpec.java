package io.tocsin.model;

import java.time.Duration;

/**
 * A watched model as configured.
 *
 * @param window stretch that current figures (confidence, missing, latency) are taken over
 * @param accuracyWindow stretch that accuracy is taken over, by the time of the prediction
 * @param reference what rules compare with when they name nothing else
 */
public record ModelSpec(
    String name, Duration window, Duration accuracyWindow, ReferenceSource reference) {

  /** A model nobody configured: one hour against its baseline, accuracy over seven days. */
  public static ModelSpec of(String name) {
    return new ModelSpec(
        name, Duration.ofHours(1), Duration.ofDays(7), new ReferenceSource.Baseline());
  }
}
