package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.StaleMarker;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Series written down for tests: {@code up{job="a"}} and {@code 1 2 _ stale 1+1x10}.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series">Unit
 *     testing for rules</a>
 */
public final class SeriesNotation {
  private static final String NUMBER =
      "[+-]?(?:[0-9]*\\.?[0-9]+(?:[eE][+-]?[0-9]+)?|[iI]nf|[nN]a[nN])";
  private static final Pattern EXPANDING =
      Pattern.compile("(" + NUMBER + "|_|stale)(" + NUMBER + ")?(?:x([0-9]+))?");
  private static final int MAX_VALUES = 1_000_000;

  private SeriesNotation() {}

  /**
   * Labels written as a metric with equality matchers; {@code {}} is none.
   *
   * @throws ParseProblem when it is anything else
   */
  public static Labels labels(String text) {
    if (text.strip().equals("{}")) {
      return Labels.EMPTY;
    }
    var labels = Labels.builder();
    for (Matcher matcher : Parser.parseSelector(text)) {
      if (matcher.op() != Matcher.Op.EQUAL) {
        throw new ParseProblem(
            Span.NONE, "a series has only = between name and value, not " + matcher);
      }
      labels.set(matcher.name(), matcher.value());
    }
    return labels.build();
  }

  /**
   * Values one interval apart: numbers, {@code _} for none (empty here), {@code stale} for the
   * stale marker; {@code a+bxn} is a, a+b, ... a+n*b, {@code axn} is a n+1 times, {@code _xn} none
   * n times.
   *
   * @throws ParseProblem when a word is none of these
   */
  public static List<OptionalDouble> values(String text) {
    var values = new ArrayList<OptionalDouble>();
    for (String word : text.strip().split("\\s+")) {
      if (!word.isEmpty()) {
        expand(word, values);
      }
    }
    return values;
  }

  private static void expand(String word, List<OptionalDouble> into) {
    var match = EXPANDING.matcher(word);
    if (!match.matches() || (match.group(2) != null && match.group(3) == null)) {
      throw new ParseProblem(
          Span.NONE, "values are numbers, _, stale, a+bxn or axn, not \"" + word + "\"");
    }
    String first = match.group(1);
    int times = match.group(3) == null ? 0 : times(match.group(3));
    if (into.size() + times > MAX_VALUES) {
      throw new ParseProblem(Span.NONE, "more than " + MAX_VALUES + " values in " + word);
    }
    if (first.equals("_")) {
      for (int i = 0; i < Math.max(times, match.group(3) == null ? 1 : 0); i++) {
        into.add(OptionalDouble.empty());
      }
      return;
    }
    double value =
        first.equals("stale") ? StaleMarker.VALUE : Numbers.parseSigned(first).orElseThrow();
    double delta = match.group(2) == null ? 0 : Numbers.parseSigned(match.group(2)).orElseThrow();
    into.add(OptionalDouble.of(value));
    for (int i = 0; i < times; i++) {
      value = delta == 0 ? value : value + delta;
      into.add(OptionalDouble.of(value));
    }
  }

  private static int times(String digits) {
    return digits.length() > 7 ? Integer.MAX_VALUE / 2 : Integer.parseInt(digits);
  }
}
