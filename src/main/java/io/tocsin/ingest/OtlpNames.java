package io.tocsin.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Names of OpenTelemetry as Prometheus writes them by default ({@code
 * UnderscoreEscapingWithSuffixes}): characters outside the classic set become underscores, the unit
 * and {@code _total} or {@code _ratio} are appended.
 *
 * @see <a
 *     href="https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/">
 *     Prometheus and OpenMetrics compatibility</a>
 */
final class OtlpNames {

  /** What a metric is, as far as its name shows it. */
  enum Kind {
    GAUGE,
    COUNTER,
    OTHER
  }

  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("d", "days"),
          Map.entry("h", "hours"),
          Map.entry("min", "minutes"),
          Map.entry("s", "seconds"),
          Map.entry("ms", "milliseconds"),
          Map.entry("us", "microseconds"),
          Map.entry("ns", "nanoseconds"),
          Map.entry("By", "bytes"),
          Map.entry("KiBy", "kibibytes"),
          Map.entry("MiBy", "mebibytes"),
          Map.entry("GiBy", "gibibytes"),
          Map.entry("TiBy", "tibibytes"),
          Map.entry("KBy", "kilobytes"),
          Map.entry("MBy", "megabytes"),
          Map.entry("GBy", "gigabytes"),
          Map.entry("TBy", "terabytes"),
          Map.entry("m", "meters"),
          Map.entry("V", "volts"),
          Map.entry("A", "amperes"),
          Map.entry("J", "joules"),
          Map.entry("W", "watts"),
          Map.entry("g", "grams"),
          Map.entry("Cel", "celsius"),
          Map.entry("Hz", "hertz"),
          Map.entry("1", ""),
          Map.entry("%", "percent"));

  private static final Map<String, String> PER =
      Map.of(
          "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
          "year");

  private OtlpNames() {}

  /** The metric's name; empty when nothing of it is left. */
  static String metric(String name, String unit, Kind kind) {
    List<String> words = words(name);
    if (words.isEmpty()) {
      return "";
    }
    String[] parts = unit.split("/", 2);
    String main = joined(basic(parts[0], UNITS));
    String per = parts.length > 1 ? joined(basic(parts[1], PER)) : "";
    append(words, main);
    append(words, per.isEmpty() ? "" : "per_" + per);
    switch (kind) {
      case COUNTER -> last(words, "total");
      case GAUGE -> {
        if (unit.equals("1")) {
          last(words, "ratio");
        }
      }
      case OTHER -> {}
    }
    String joined = String.join("_", words);
    return isDigit(joined.charAt(0)) ? "_" + joined : joined;
  }

  /** The unit in words: {@code bytes_per_second} for {@code By/s}. */
  static String unit(String unit) {
    String[] parts = unit.split("/", 2);
    String main = joined(basic(parts[0], UNITS));
    String per = parts.length > 1 ? joined(basic(parts[1], PER)) : "";
    if (per.isEmpty()) {
      return main;
    }
    return (main.isEmpty() ? "" : main + "_") + "per_" + per;
  }

  /** A label's name; empty when nothing of it is left. */
  static String label(String attribute) {
    var name = new StringBuilder(attribute.length() + 4);
    boolean substance = false;
    for (int i = 0; i < attribute.length(); i++) {
      char c = attribute.charAt(i);
      boolean kept = isLetter(c) || isDigit(c);
      substance |= kept;
      if (Character.isLowSurrogate(c)) {
        continue;
      }
      boolean doubled = !kept && !name.isEmpty() && name.charAt(name.length() - 1) == '_';
      if (kept || !doubled) {
        name.append(kept ? c : '_');
      }
    }
    if (!substance) {
      return "";
    }
    return isDigit(name.charAt(0)) ? "key_" + name : name.toString();
  }

  /** A unit in curly braces is a remark. */
  private static String basic(String unit, Map<String, String> known) {
    String bare = unit.strip();
    return bare.indexOf('{') >= 0 || bare.indexOf('}') >= 0 ? "" : known.getOrDefault(bare, bare);
  }

  private static String joined(String text) {
    return String.join("_", words(text));
  }

  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    int from = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inside = i < text.length() && isMetricCharacter(text.charAt(i));
      if (inside && from < 0) {
        from = i;
      } else if (!inside && from >= 0) {
        words.add(text.substring(from, i));
        from = -1;
      }
    }
    return words;
  }

  private static void append(List<String> words, String suffix) {
    if (!suffix.isEmpty() && !words.contains(suffix)) {
      words.add(suffix);
    }
  }

  private static void last(List<String> words, String suffix) {
    words.removeIf(suffix::equals);
    words.add(suffix);
  }

  private static boolean isMetricCharacter(char c) {
    return isLetter(c) || isDigit(c) || c == ':';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
