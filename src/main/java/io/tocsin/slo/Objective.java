package io.tocsin.slo;

import java.util.Map;

/**
 * A service level objective over events.
 *
 * @param name unique; becomes the label {@code slo}
 * @param target ratio of good events, above 0 and below 1
 * @param errors PromQL that counts bad events over a window, written {@code WINDOW}
 * @param total PromQL that counts all events over a window, written {@code WINDOW}
 * @param owner who is asked
 * @param labels put on its alerts and series
 */
public record Objective(
    String name,
    double target,
    String errors,
    String total,
    String owner,
    Map<String, String> labels) {

  /** What stands for the window in the expressions. */
  public static final String WINDOW = "WINDOW";

  public Objective {
    labels = Map.copyOf(labels);
    if (!(target > 0 && target < 1)) {
      throw new IllegalArgumentException(
          "target: found " + target + ", expected a ratio between 0 and 1 such as 0.999");
    }
    if (!errors.contains(WINDOW) || !total.contains(WINDOW)) {
      throw new IllegalArgumentException(
          "errors and total: expected the word " + WINDOW + " in place of the window");
    }
  }
}
