package io.tocsin.slo;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What was promised for a calendar month and what was kept. Planned maintenance and what is not
 * known do not count; degraded counts as up.
 *
 * @param month in UTC
 * @param lines one for each component
 */
public record SlaReport(YearMonth month, List<Line> lines) {

  /**
   * A part of the fee that is due below an uptime.
   *
   * @param below ratio 0-1; 1 stands for the tier's own target
   * @param share of the monthly fee, ratio 0-1
   */
  public record Credit(double below, double share) {

    /** 10 % below the target, 25 % below 99 %, 50 % below 95 %. */
    public static final List<Credit> SHIPPED =
        List.of(new Credit(1, 0.10), new Credit(0.99, 0.25), new Credit(0.95, 0.50));
  }

  /**
   * One component.
   *
   * @param uptime ratio 0-1; empty when nothing is known
   * @param downSeconds seconds down
   * @param unknownSeconds seconds of which nothing is known
   * @param maintenanceSeconds seconds of planned maintenance
   */
  public record Line(
      String component,
      OptionalDouble uptime,
      double downSeconds,
      double unknownSeconds,
      double maintenanceSeconds,
      List<Promise> promises) {
    public Line {
      promises = List.copyOf(promises);
    }
  }

  /**
   * One tier's promise.
   *
   * @param target ratio 0-1
   * @param met whether it was kept
   * @param credit share of the monthly fee that is due
   */
  public record Promise(String tier, double target, boolean met, double credit) {}

  public SlaReport {
    lines = List.copyOf(lines);
  }

  /** Reads it from the days of a month. */
  public static SlaReport of(
      YearMonth month, List<DayUptime> days, List<Tier> tiers, List<Credit> credits) {
    Map<String, StateSeconds> sums = new TreeMap<>();
    for (DayUptime day : days) {
      if (YearMonth.from(day.day()).equals(month)) {
        sums.merge(day.subject().name(), day.seconds(), StateSeconds::plus);
      }
    }
    var lines = new ArrayList<Line>();
    sums.forEach((component, seconds) -> lines.add(line(component, seconds, tiers, credits)));
    return new SlaReport(month, lines);
  }

  private static Line line(
      String component, StateSeconds seconds, List<Tier> tiers, List<Credit> credits) {
    OptionalDouble uptime = seconds.availability();
    return new Line(
        component,
        uptime,
        seconds.down(),
        seconds.unknown(),
        seconds.maintenance(),
        tiers.stream().map(tier -> promise(tier, uptime, credits)).toList());
  }

  private static Promise promise(Tier tier, OptionalDouble uptime, List<Credit> credits) {
    double found = uptime.orElse(1);
    boolean met = found >= tier.uptime();
    double due =
        met
            ? 0
            : credits.stream()
                .filter(credit -> found < (credit.below() >= 1 ? tier.uptime() : credit.below()))
                .max(Comparator.comparingDouble(Credit::share))
                .map(Credit::share)
                .orElse(0.0);
    return new Promise(tier.name(), tier.uptime(), met, due);
  }
}
