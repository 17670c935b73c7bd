package io.tocsin.web;

import io.tocsin.incident.NoiseReport;
import io.tocsin.incident.ResponseReport;
import io.tocsin.slo.SlaReport;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The reports as a page.
 *
 * @param by what incidents are put together by
 * @param days how far the first two look back from {@code to}
 * @param sla uptime of a calendar month
 */
public record DeskReports(
    ResponseReport.By by,
    int days,
    Instant from,
    Instant to,
    List<ResponseReport.Row> response,
    List<NoiseReport.Row> noise,
    SlaReport sla) {

  private static final int MONTHS = 13;

  public DeskReports {
    response = List.copyOf(response);
    noise = List.copyOf(noise);
  }

  /** A mean time in words; a dash when nothing was measured. */
  public static String span(Optional<Duration> duration) {
    return duration.map(Times::span).orElse("-");
  }

  /** A share of one as per cent, as exact as uptime is told. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.3f %%", share * 100);
  }

  /** What the address calls it. */
  public static String word(ResponseReport.By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }

  /** Months to choose from, the newest first. */
  public List<YearMonth> months() {
    YearMonth now = YearMonth.from(to.atOffset(ZoneOffset.UTC));
    return IntStream.range(0, MONTHS).mapToObj(now::minusMonths).toList();
  }

  /** The query of the machine-readable forms. */
  public String span() {
    return "from=" + from + "&to=" + to;
  }
}
