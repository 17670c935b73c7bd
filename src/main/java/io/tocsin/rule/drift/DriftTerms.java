package io.tocsin.rule.drift;

import io.tocsin.model.ReferenceSource;
import java.time.Duration;
import java.util.Optional;

/**
 * All that a drift rule asks, whatever its kind.
 *
 * @param target whose predictions
 * @param window length of the current window; the model's own when absent
 * @param reference what it is compared with; the model's own when absent
 * @param minSamples rows the current window needs
 * @param minReference rows the reference needs
 * @param side which way counts
 * @param evaluations windows in a row, none overlapping another, that have to breach ({@code for})
 * @param clearAt share of the threshold that the effect has to fall below for the alert to end
 * @param cooldown how long after its end no other alert begins; the window when absent
 * @param every how often it is looked at; a tenth of the window, at least the group's interval,
 *     when absent
 */
public record DriftTerms(
    Target target,
    Criterion criterion,
    Optional<Duration> window,
    Optional<ReferenceSource> reference,
    Thresholds thresholds,
    long minSamples,
    long minReference,
    Side side,
    int evaluations,
    double clearAt,
    Optional<Duration> cooldown,
    Optional<Duration> every) {

  /** Windows in a row that have to breach unless the rule says otherwise. */
  public static final int DEFAULT_EVALUATIONS = 2;

  /** Share of the threshold an effect has to fall below, unless the rule says otherwise. */
  public static final double DEFAULT_CLEAR_AT = 0.8;

  /** How often it is looked at, with this window in a group of this interval. */
  public Duration pace(Duration window, Duration interval) {
    Duration tenth = window.dividedBy(10);
    return every.orElse(tenth.compareTo(interval) > 0 ? tenth : interval);
  }
}
