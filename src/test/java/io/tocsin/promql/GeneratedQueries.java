package io.tocsin.promql;

import java.util.List;
import java.util.Random;

/**
 * Queries that both Prometheus 2 and 3 answer alike: no sample lies on the edge of a window, as the
 * samples' times and the evaluation times never differ by whole seconds (so no subquery stands in
 * another); no function is used that only one of them has, nothing that a later release corrected:
 * the spread and the order of NaN, the extrapolation of short windows, predictions at a fixed time.
 */
final class GeneratedQueries {
  private static final List<String> COUNTERS = List.of("requests_total", "bytes_total");
  private static final List<String> GAUGES = List.of("queue", "temperature", "sparse");
  private static final List<String> BY = List.of("job", "instance", "code", "zone");
  private static final List<String> RANGES = List.of("45s", "2m", "5m", "13m", "1h");
  private static final List<String> MATCHERS =
      List.of(
          "job=\"api\"",
          "job!=\"web\"",
          "instance=~\"[ab].*\"",
          "code=~\"2..|500\"",
          "code!~\"5.*\"",
          "zone=\"\"",
          "instance=\"none\"",
          "zone=~\".+\"");
  private static final List<String> MATH =
      List.of(
          "abs",
          "ceil",
          "floor",
          "sqrt",
          "exp",
          "ln",
          "log2",
          "log10",
          "sgn",
          "sin",
          "cos",
          "tan",
          "atan",
          "asinh",
          "tanh",
          "deg",
          "rad",
          "timestamp");
  private static final List<String> DATES =
      List.of(
          "day_of_month",
          "hour",
          "minute",
          "month",
          "year",
          "days_in_month",
          "day_of_week",
          "day_of_year");
  private static final List<String> OVER_TIME =
      List.of(
          "avg_over_time",
          "min_over_time",
          "max_over_time",
          "sum_over_time",
          "count_over_time",
          "stddev_over_time",
          "stdvar_over_time",
          "last_over_time",
          "present_over_time",
          "delta",
          "idelta",
          "deriv",
          "changes",
          "resets");
  private static final List<String> FOLDS = List.of("sum", "avg", "min", "max", "count", "group");
  private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "%", "atan2");
  private static final List<String> COMPARISON = List.of("==", "!=", ">", "<", ">=", "<=");

  private final Random random;
  private boolean inSubquery;

  GeneratedQueries(long seed) {
    this.random = new Random(seed);
  }

  /** An instant vector. */
  String next() {
    return vector(3);
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean chance(double share) {
    return random.nextDouble() < share;
  }

  private String vector(int depth) {
    if (depth == 0) {
      return selector(chance(0.5) ? GAUGES : COUNTERS) + shift();
    }
    return switch (random.nextInt(14)) {
      case 0 -> selector(GAUGES) + shift();
      case 1, 2 -> rate();
      case 3 -> one(OVER_TIME) + "(" + range(GAUGES) + ")";
      case 4 -> fold(depth);
      case 5 ->
          one(List.of("topk", "bottomk")) + "(" + (1 + random.nextInt(4)) + ", " + rated() + ")";
      case 6 -> one(MATH) + "(" + vector(depth - 1) + ")";
      case 7 -> scalarOperation(depth);
      case 8 ->
          "("
              + vector(depth - 1)
              + ") "
              + one(List.of("and", "or", "unless"))
              + on()
              + " ("
              + vector(depth - 1)
              + ")";
      case 9 -> matched();
      case 10 -> inSubquery ? spread() : subquery(depth);
      case 11 -> special(depth);
      case 12 -> "quantile by (" + one(BY) + ") (" + quantile() + ", " + vector(depth - 1) + ")";
      default -> "-(" + vector(depth - 1) + ")";
    };
  }

  private String quantile() {
    return one(List.of("0", "0.1", "0.5", "0.99", "1"));
  }

  /** Values that differ, so that an order by them is the only one. */
  private String rated() {
    return "avg_over_time(" + selector(List.of("temperature")) + "[5m])";
  }

  private String rate() {
    String range = one(RANGES.subList(1, RANGES.size()));
    String of = selector(COUNTERS) + "[" + range + "]" + shift();
    return one(List.of("rate", "increase", "irate")) + "(" + of + ")";
  }

  private String fold(int depth) {
    String by =
        chance(0.3) ? "" : one(List.of(" by", " without")) + " (" + one(BY) + ", " + one(BY) + ")";
    return one(FOLDS) + by + " (" + vector(depth - 1) + ")";
  }

  private String scalarOperation(int depth) {
    String number = one(List.of("2", "0.5", "-3", "1e3", "scalar(count(queue))", "time() % 7"));
    String left = "(" + vector(depth - 1) + ")";
    if (chance(0.5)) {
      String op = chance(0.1) ? "^ 2 +" : one(ARITHMETIC);
      boolean plain = !op.equals("atan2");
      return plain && chance(0.5)
          ? "(" + number + ") " + op + " " + left
          : plain ? left + " " + op + " (" + number + ")" : left + " * 2";
    }
    return left + " " + one(COMPARISON) + (chance(0.4) ? " bool" : "") + " (" + number + ")";
  }

  private String on() {
    return chance(0.5)
        ? ""
        : one(List.of(" on", " ignoring"))
            + " ("
            + one(BY)
            + (chance(0.3) ? ", " + one(BY) : "")
            + ")";
  }

  /** Two sides that mostly match one to one or many to one. */
  private String matched() {
    String op = chance(0.6) ? one(ARITHMETIC) : one(COMPARISON) + (chance(0.5) ? " bool" : "");
    String many = "rate(" + selector(List.of("requests_total")) + "[5m])";
    return switch (random.nextInt(4)) {
      case 0 -> "queue " + op + " temperature";
      case 1 -> many + " " + op + " on (job) group_left () sum by (job) (" + many + ")";
      case 2 -> "sum by (job, zone) (queue) " + op + " on (job) group_right (zone) " + many;
      default ->
          many + " " + op + " ignoring (code) group_left () sum without (code) (" + many + ")";
    };
  }

  private String subquery(int depth) {
    String step = one(List.of("30s", "1m", "7s"));
    String range = one(List.of("3m", "10m", "95s"));
    inSubquery = true;
    String inner = "(" + vector(Math.max(0, depth - 2)) + ")[" + range + ":" + step + "]";
    inSubquery = false;
    return one(
            List.of(
                "max_over_time", "avg_over_time", "count_over_time", "last_over_time", "changes"))
        + "("
        + inner
        + shift()
        + ")";
  }

  private String spread() {
    return one(List.of("stddev", "stdvar")) + " by (" + one(BY) + ") (" + rated() + ")";
  }

  private String special(int depth) {
    return switch (random.nextInt(9)) {
      case 0 ->
          "histogram_quantile(" + quantile() + ", sum by (le, job) (rate(latency_bucket[5m])))";
      case 1 -> "absent(" + selector(GAUGES) + ")";
      case 2 -> "absent_over_time(" + range(GAUGES) + ")";
      case 3 ->
          "label_replace(" + vector(depth - 1) + ", \"x\", \"$1-x\", \"instance\", \"(.).*\")";
      case 4 -> "label_join(" + vector(depth - 1) + ", \"x\", \"/\", \"job\", \"zone\")";
      case 5 -> "count_values(\"v\", floor(" + vector(depth - 1) + " / 100))";
      case 6 ->
          chance(0.5)
              ? "predict_linear(" + selector(GAUGES) + "[" + one(RANGES) + "], 600)"
              : one(DATES) + "(timestamp(" + selector(GAUGES) + ") * 7)";
      case 7 -> "holt_winters(" + range(GAUGES) + ", 0.3, 0.6)";
      default -> "clamp(round(" + vector(depth - 1) + ", 0.5), -5, 500)";
    };
  }

  private String range(List<String> metrics) {
    return selector(metrics) + "[" + one(RANGES) + "]" + shift();
  }

  private String selector(List<String> metrics) {
    String metric = one(metrics);
    if (chance(0.4)) {
      return metric;
    }
    return metric + "{" + one(MATCHERS) + (chance(0.3) ? "," + one(MATCHERS) : "") + "}";
  }

  private String shift() {
    return switch (random.nextInt(12)) {
      case 0 -> " offset 3m";
      case 1 -> " offset -2m";
      case 2 -> " @ 1700003600.5";
      case 3 -> " @ end()";
      case 4 -> " @ start() offset 1m";
      default -> "";
    };
  }
}
