package io.tocsin.settings;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code thresholds: {HostCpuHigh: 0.95, CertificateExpiresSoon: 21d}}: other limits for rules, by
 * the name of their alert. A rule says with {@code threshold:} which number of its expression is
 * its limit; the expression stays plain Prometheus, so promtool judges the shipped one. A duration
 * counts as its seconds.
 */
public final class Thresholds {

  /** No limit is changed. */
  public static final Thresholds NONE = new Thresholds(Map.of());

  /** Quoted texts, which are passed over, and numbers that are no durations. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"
              + "|(?<![\\w.:])(\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)(?![\\w.:])");

  private static final Pattern PLAIN = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

  private final Map<String, Double> changed;
  private final Set<String> used = new HashSet<>();

  private Thresholds(Map<String, Double> changed) {
    this.changed = changed;
  }

  /** Reads {@code thresholds:} of the configuration. */
  public static Thresholds read(Section top) {
    var changed = new LinkedHashMap<String, Double>();
    Optional<Section> section = top.section("thresholds");
    section.ifPresent(
        limits -> {
          limits.names().forEach(alert -> changed.put(alert, number(limits, alert)));
          limits.done();
        });
    return new Thresholds(changed);
  }

  /**
   * A rule's expression with the limit that holds here, and what to say of it.
   *
   * @param expr the expression
   * @param note a sentence for the description; empty while nothing is changed
   */
  record Limited(String expr, String note) {}

  /** Puts the limit of this installation into the expression of an alert. */
  Limited limit(Section rule, String alert, String expr) {
    if (!rule.has("threshold")) {
      return new Limited(expr, "");
    }
    double shipped = number(rule, "threshold");
    var found = new HashSet<String>();
    Double here = changed.get(alert);
    String limited =
        NUMBER
            .matcher(expr)
            .replaceAll(match -> Matcher.quoteReplacement(one(match, shipped, here, found)));
    if (found.isEmpty()) {
      throw rule.problem(
          "threshold",
          rule.string("threshold") + ", which the expression does not have",
          "one of its numbers");
    }
    if (here == null) {
      return new Limited(expr, "");
    }
    used.add(alert);
    return new Limited(limited, " The threshold here is " + text(here) + ", as thresholds says.");
  }

  private static String one(
      MatchResult match, double shipped, @Nullable Double here, Set<String> found) {
    String number = match.group(1);
    if (number == null || Double.parseDouble(number) != shipped) {
      return match.group();
    }
    found.add(number);
    return here == null ? number : text(here);
  }

  /**
   * Fails when a limit was given for an alert that no rule with a threshold has; to be called when
   * all rules are read.
   */
  public void requireUsed(Section top) {
    for (String alert : changed.keySet()) {
      if (!used.contains(alert)) {
        throw top.problem(
            "thresholds",
            "\"" + alert + "\", of which no rule has a threshold:",
            "the name of an alert whose rule has one");
      }
    }
  }

  private static double number(Section section, String key) {
    String text = section.string(key);
    return PLAIN.matcher(text).matches()
        ? Double.parseDouble(text)
        : section.duration(key).toMillis() / 1e3;
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
