package io.tocsin;

import io.tocsin.promql.QueryLimits;
import io.tocsin.settings.Section;

/**
 * {@code limits:}, how much anybody may ask of us.
 *
 * @param query how far one query over the API may go
 */
record LimitSettings(QueryLimits query) {

  /**
   * Reads {@code limits: {query_samples, query_series}}.
   *
   * @throws io.tocsin.settings.SettingsProblem for a bound that is not positive
   */
  static LimitSettings read(Section top) {
    Section limits = top.part("limits");
    QueryLimits usual = QueryLimits.DEFAULT;
    var settings =
        new LimitSettings(
            usual
                .withMaxSamples(positive(limits, "query_samples", usual.maxSamples()))
                .withMaxSeries(positive(limits, "query_series", usual.maxSeries())));
    limits.done();
    return settings;
  }

  private static int positive(Section limits, String key, long usual) {
    int value = limits.integer(key, (int) Math.min(usual, Integer.MAX_VALUE));
    if (value <= 0) {
      throw limits.problem(key, "a number above 0");
    }
    return value;
  }
}
