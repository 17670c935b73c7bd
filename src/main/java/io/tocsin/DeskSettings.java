package io.tocsin;

import io.tocsin.incident.CorrelationPolicy;
import io.tocsin.incident.CostRate;
import io.tocsin.postmortem.DuePolicy;
import io.tocsin.settings.Section;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code correlation:}, {@code cost:} and {@code postmortems:}.
 *
 * @param correlation when two incidents look like one
 * @param cost what an hour of a responder costs; empty where nobody says so
 * @param due until when post-mortems are due, and when people are reminded
 */
record DeskSettings(CorrelationPolicy correlation, Optional<CostRate> cost, DuePolicy due) {

  private static final Duration LONGEST_DUE = Duration.ofDays(365);

  static DeskSettings read(Section top) {
    return new DeskSettings(
        correlation(top), top.section("cost").map(DeskSettings::cost), due(top));
  }

  /**
   * {@code postmortems: {required_within: 5d, recommended_within: 10d, remind_before: 1d,
   * remind_at: "09:00", time_zone: Europe/Berlin}}.
   */
  private static DuePolicy due(Section top) {
    Section section = top.part("postmortems");
    DuePolicy usual = DuePolicy.DEFAULT;
    var policy =
        new DuePolicy(
            within(section, "required_within", usual.required()),
            within(section, "recommended_within", usual.recommended()),
            section.duration("remind_before", usual.before()),
            hour(section, usual.at()),
            zone(section, usual.zone()));
    section.done();
    return policy;
  }

  private static Duration within(Section section, String key, Duration usual) {
    Duration within = section.duration(key, usual);
    if (within.isNegative() || within.isZero() || within.compareTo(LONGEST_DUE) > 0) {
      throw section.problem(key, "more than nothing and at most 365d");
    }
    return within;
  }

  private static LocalTime hour(Section section, LocalTime usual) {
    try {
      return section.optional("remind_at").map(LocalTime::parse).orElse(usual);
    } catch (DateTimeException wrong) {
      throw section.problem("remind_at", "an hour such as \"09:00\"");
    }
  }

  private static ZoneId zone(Section section, ZoneId usual) {
    try {
      return section.optional("time_zone").map(ZoneId::of).orElse(usual);
    } catch (DateTimeException wrong) {
      throw section.problem("time_zone", "a time zone such as Europe/Berlin");
    }
  }

  /** {@code correlation: {within: 10m, suggest_at: 0.5, merge_at: 0.8, ignore: [cluster]}}. */
  private static CorrelationPolicy correlation(Section top) {
    Section section = top.part("correlation");
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
