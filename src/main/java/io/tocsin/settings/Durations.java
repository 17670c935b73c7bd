package io.tocsin.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Durations as Prometheus writes them: {@code 30s}, {@code 200ms}, {@code 1h30m}, {@code 7d}; a
 * bare {@code 0} is none.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/">Prometheus
 *     configuration, {@code duration}</a>
 */
public final class Durations {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private static final long[] MILLIS = {
    365L * 86_400_000, 7L * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000, 1
  };

  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

  private Durations() {}

  /** The duration a text means; empty when it means none. */
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    var matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    try {
      long millis = 0;
      for (int i = 0; i < MILLIS.length; i++) {
        String count = matcher.group(i + 1);
        if (count != null) {
          millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(count), MILLIS[i]));
        }
      }
      return Optional.of(Duration.ofMillis(millis));
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The shortest text that {@link #parse} reads back, for durations of whole milliseconds. */
  public static String print(Duration duration) {
    long left = duration.toMillis();
    if (left == 0) {
      return "0s";
    }
    var text = new StringBuilder();
    for (int i = 2; i < MILLIS.length; i++) {
      long count = left / MILLIS[i];
      left %= MILLIS[i];
      if (count > 0) {
        text.append(count).append(UNITS[i]);
      }
    }
    return text.toString();
  }
}
