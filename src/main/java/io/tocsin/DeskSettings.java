package io.tocsin;

import io.tocsin.incident.CorrelationPolicy;
import io.tocsin.incident.CostRate;
import io.tocsin.settings.Section;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code correlation:} and {@code cost:}.
 *
 * @param correlation when two incidents look like one
 * @param cost what an hour of a responder costs; empty where nobody says so
 */
record DeskSettings(CorrelationPolicy correlation, Optional<CostRate> cost) {

  static DeskSettings read(Section top) {
    return new DeskSettings(correlation(top), top.section("cost").map(DeskSettings::cost));
  }

  /** {@code correlation: {within: 10m, suggest_at: 0.5, merge_at: 0.8, ignore: [cluster]}}. */
  private static CorrelationPolicy correlation(Section top) {
    Section section = top.section("correlation").orElse(Section.empty());
    CorrelationPolicy usual = CorrelationPolicy.DEFAULT;
    Set<String> ignored = new HashSet<>(usual.ignored());
    if (section.has("ignore")) {
      ignored = Set.copyOf(section.strings("ignore"));
    }
    double suggest = share(section, "suggest_at", usual.suggestAt());
    Optional<Double> merge =
        section.has("merge_at") ? Optional.of(share(section, "merge_at", 1)) : Optional.empty();
    if (merge.filter(at -> at < suggest).isPresent()) {
      throw section.problem("merge_at", "at least suggest_at, " + suggest);
    }
    var policy =
        new CorrelationPolicy(section.duration("within", usual.within()), suggest, merge, ignored);
    section.done();
    return policy;
  }

  private static double share(Section section, String key, double usual) {
    double share = section.number(key, usual);
    if (!(share > 0 && share <= 1)) {
      throw section.problem(key, "a share above 0 and at most 1");
    }
    return share;
  }

  /** {@code cost: {hourly_rate: 95, currency: EUR}}. */
  private static CostRate cost(Section section) {
    BigDecimal rate;
    Currency currency;
    try {
      rate = new BigDecimal(section.string("hourly_rate"));
    } catch (NumberFormatException wrong) {
      throw section.problem("hourly_rate", "an amount such as 95 or 87.50");
    }
    try {
      currency = Currency.getInstance(section.string("currency"));
    } catch (IllegalArgumentException wrong) {
      throw section.problem("currency", "a currency by ISO 4217 such as EUR or USD");
    }
    section.done();
    if (rate.signum() < 0) {
      throw section.problem("hourly_rate", "nothing negative");
    }
    return new CostRate(rate, currency);
  }
}
