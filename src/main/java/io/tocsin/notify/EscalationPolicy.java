package io.tocsin.notify;

import java.time.Duration;
import java.util.List;

/**
 * Who is told next while nobody acknowledges a CRITICAL or HIGH incident: L1, then L2, then
 * Engineering, then the CEO.
 *
 * @param steps in order of time
 */
public record EscalationPolicy(List<Step> steps) {

  /** Nobody else is told. */
  public static final EscalationPolicy NONE = new EscalationPolicy(List.of());

  /**
   * One step.
   *
   * @param after how long nobody has acknowledged, since the response is owed
   * @param receiver who is told
   */
  public record Step(Duration after, String receiver) {}

  /**
   * @throws IllegalArgumentException when a step is due before the one in front of it
   */
  public EscalationPolicy {
    steps = List.copyOf(steps);
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).after().compareTo(steps.get(i - 1).after()) < 0) {
        throw new IllegalArgumentException(
            String.format(
                "escalation step %d: found after %s, expected at least %s",
                i + 1, steps.get(i).after(), steps.get(i - 1).after()));
      }
    }
  }
}
