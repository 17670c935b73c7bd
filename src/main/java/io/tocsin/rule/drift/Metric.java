package io.tocsin.rule.drift;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How well answers match labels. */
public enum Metric {
  /** Share of answers that were right. */
  ACCURACY,
  /** Mean absolute error of numbers; its rise counts relative to the reference's. */
  MAE;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Metric> named(String id) {
    return Arrays.stream(values()).filter(metric -> metric.id().equals(id)).findFirst();
  }

  /** All ids, for messages. */
  public static String ids() {
    return Arrays.stream(values()).map(Metric::id).collect(Collectors.joining(", "));
  }
}
