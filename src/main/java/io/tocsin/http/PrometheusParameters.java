package io.tocsin.http;

import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr;
import io.tocsin.promql.ParseProblem;
import io.tocsin.promql.Parser;
import java.time.Duration;
import java.util.List;

/** Parameters that several operations of Prometheus' API take, refused in its own words. */
final class PrometheusParameters {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private PrometheusParameters() {}

  /** 400 in Prometheus' words. */
  static ProblemException invalid(String name, String reason) {
    return ProblemException.badRequest("invalid parameter \"" + name + "\": " + reason);
  }

  /** The text of the expression to answer. */
  static String query(Request request) {
    return request.query("query").orElse("");
  }

  /** The expression of a text, which may take a while to read; not for event loops. */
  static Expr expression(String query) {
    try {
      return Parser.parse(query);
    } catch (ParseProblem problem) {
      throw invalid("query", String.valueOf(problem.getMessage()));
    }
  }

  /** A time that must be there, in milliseconds. */
  static long time(Request request, String name) {
    return PrometheusTime.instant(request, name)
        .orElseThrow(() -> invalid(name, "cannot parse \"\" to a valid timestamp"));
  }

  /** The selectors in {@code match[]}; none when there are none. */
  static List<List<Matcher>> matchers(Request request) {
    return matchers(request.queries("match[]"));
  }

  /** Those selectors as they were given. */
  static List<List<Matcher>> matchers(List<String> texts) {
    return texts.stream().map(text -> matchers("match[]", text)).toList();
  }

  /** One selector given as a parameter. */
  static List<Matcher> matchers(String name, String text) {
    try {
      return Parser.parseSelector(text);
    } catch (ParseProblem problem) {
      throw invalid(name, String.valueOf(problem.getMessage()));
    }
  }

  /** The most results wanted; 0 and none mean all. */
  static int limit(Request request) {
    return limit(request, "limit");
  }

  /** As {@link #limit(Request)}, under another name. */
  static int limit(Request request, String name) {
    int limit =
        request
            .query(name)
            .map(
                text -> {
                  try {
                    return Integer.parseInt(text);
                  } catch (NumberFormatException e) {
                    throw invalid(name, "cannot parse \"" + text + "\" to a valid limit");
                  }
                })
            .orElse(0);
    if (limit < 0) {
      throw invalid(name, name + " must be non-negative");
    }
    return limit == 0 ? Integer.MAX_VALUE : limit;
  }

  /** How long a query may take: what is asked for, half a minute at most. */
  static Duration timeout(Request request) {
    Duration wanted =
        PrometheusTime.duration(request, "timeout").map(Duration::ofMillis).orElse(LONGEST);
    return wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
  }
}
