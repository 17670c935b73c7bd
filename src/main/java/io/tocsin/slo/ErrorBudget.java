package io.tocsin.slo;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How much downtime a target allows over a period, and how much of it is gone.
 *
 * @param target availability promised, ratio 0-1 exclusive: 0.999
 * @param period what the promise is about: a calendar month, 30 days
 * @param downtime spent in the period so far
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">Google SRE workbook, Alerting on
 *     SLOs</a>
 */
public record ErrorBudget(double target, Duration period, Duration downtime) {

  /** The owner's uptime target. */
  public static final double DEFAULT_TARGET = 0.999;

  /**
   * Checks that there is a budget at all.
   *
   * @throws IllegalArgumentException for a target outside (0, 1) or an empty period
   */
  public ErrorBudget {
    if (!(target > 0 && target < 1) || !period.isPositive()) {
      throw new IllegalArgumentException(
          "an error budget needs a target between 0 and 1 and a period, found %s and %s"
              .formatted(target, period));
    }
  }

  /** Downtime allowed in the whole period: (1 - target) times its length. */
  public Duration allowed() {
    return Duration.ofMillis(Math.round((1 - target) * period.toMillis()));
  }

  /** Downtime still allowed; negative when overspent. */
  public Duration left() {
    return allowed().minus(downtime);
  }

  /** Share of the budget spent, 0 = untouched, 1 = gone, more = overspent. */
  public double used() {
    return share(downtime);
  }

  /** Share of the budget that a stretch of downtime costs. */
  public double share(Duration cost) {
    return cost.toMillis() / ((1 - target) * period.toMillis());
  }

  /**
   * How many times faster than allowed the budget is spent in a window: the share of it that was
   * down over (1 - target). At 1 the budget lasts exactly the period. Empty when nothing was
   * judged.
   */
  public static OptionalDouble burnRate(double target, StateSeconds window) {
    return window.judged() > 0
        ? OptionalDouble.of(window.down() / window.judged() / (1 - target))
        : OptionalDouble.empty();
  }
}
