package io.tocsin.http;

import io.tocsin.promql.Durations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Times and durations as Prometheus' API takes them, in milliseconds.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview">Format
 *     overview</a>
 */
final class PrometheusTime {

  private PrometheusTime() {}

  /** A parameter as a time: seconds since the epoch, or RFC 3339. */
  static Optional<Long> instant(Request request, String name) {
    return request.query(name).map(text -> instant(name, text));
  }

  private static long instant(String name, String text) {
    Optional<Long> seconds = seconds(text);
    if (seconds.isPresent()) {
      return seconds.get();
    }
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw invalid(name, text, "timestamp");
    }
  }

  /** A parameter as a duration: seconds, or Prometheus' notation such as {@code 1m30s}. */
  static Optional<Long> duration(Request request, String name) {
    return request
        .query(name)
        .map(
            text -> {
              OptionalLong duration = Durations.parse(text);
              return duration.isPresent()
                  ? duration.getAsLong()
                  : seconds(text).orElseThrow(() -> invalid(name, text, "duration"));
            });
  }

  private static Optional<Long> seconds(String text) {
    try {
      return Optional.of(
          new BigDecimal(text)
              .movePointRight(3)
              .setScale(0, RoundingMode.HALF_UP)
              .longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** In Prometheus' own words. */
  private static ProblemException invalid(String name, String found, String expected) {
    return ProblemException.badRequest(
        "invalid parameter \""
            + name
            + "\": cannot parse \""
            + found
            + "\" to a valid "
            + expected);
  }
}
