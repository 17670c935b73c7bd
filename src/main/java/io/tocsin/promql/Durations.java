package io.tocsin.promql;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prometheus' durations: {@code 1h30m}, units from large to small, each at most once.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations">
 *     Time durations</a>
 */
public final class Durations {
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  private static final Pattern FORM =
      Pattern.compile(
          "(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?"
              + "(?:([0-9]+)ms)?");

  private static final Pattern PARTS = Pattern.compile("(?:[0-9]+(?:y|w|d|h|ms|m|s))+");

  private Durations() {}

  /** Milliseconds, or empty when the text is no duration or too long to count. */
  public static OptionalLong parse(String text) {
    if (text.equals("0")) {
      return OptionalLong.of(0);
    }
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return OptionalLong.empty();
    }
    long total = 0;
    for (int i = 0; i < MILLIS.length; i++) {
      String count = matcher.group(i + 1);
      if (count == null) {
        continue;
      }
      try {
        total = Math.addExact(total, Math.multiplyExact(Long.parseLong(count), MILLIS[i]));
      } catch (ArithmeticException | NumberFormatException e) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(total);
  }

  /** Whether a text is made of counts and units, yet in the wrong order or with one twice. */
  static boolean isMisordered(String text) {
    return PARTS.matcher(text).matches() && parse(text).isEmpty();
  }

  /** The shortest way to write it; years and weeks only when they come out even. */
  public static String format(long millis) {
    if (millis == 0) {
      return "0s";
    }
    if (millis < 0) {
      return "-" + format(-millis);
    }
    var text = new StringBuilder();
    long rest = millis;
    for (int i = 0; i < MILLIS.length; i++) {
      boolean mustBeEven = i < 2;
      if (rest < MILLIS[i] || (mustBeEven && rest % MILLIS[i] != 0)) {
        continue;
      }
      text.append(rest / MILLIS[i]).append(UNITS[i]);
      rest %= MILLIS[i];
    }
    return text.toString();
  }
}
