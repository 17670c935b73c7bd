package io.tocsin.slo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Multi-window, multi-burn-rate alerts from objectives, as a rule file: two pages and two tickets.
 * A burn rate of 1 uses the budget up exactly at the end of 30 days; 14.4 uses 2 % of it in an
 * hour, 6 uses 5 % in six hours, 3 and 1 use 10 % in one and in three days.
 *
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">Site Reliability Workbook, chapter
 *     5, table 5-8</a>
 */
public final class BurnRateRules {

  /**
   * A pair of windows.
   *
   * @param factor burn rate from which on both windows alert
   * @param severity of the alert
   * @param alert its name
   */
  private record Pair(String lengthy, String brief, double factor, String severity, String alert) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("1h", "5m", 14.4, "critical", "ErrorBudgetBurnsFast"),
          new Pair("6h", "30m", 6, "high", "ErrorBudgetBurnsFast"),
          new Pair("1d", "2h", 3, "medium", "ErrorBudgetBurnsSlowly"),
          new Pair("3d", "6h", 1, "medium", "ErrorBudgetBurnsSlowly"));

  private static final List<String> WINDOWS = List.of("5m", "30m", "1h", "2h", "6h", "1d", "3d");

  private BurnRateRules() {}

  /** The rule file, in YAML: one group per objective; empty groups for none. */
  public static String yaml(List<Objective> objectives) {
    var text = new StringBuilder("groups:");
    if (objectives.isEmpty()) {
      text.append(" []");
    }
    text.append('\n');
    objectives.forEach(objective -> group(text, objective));
    return text.toString();
  }

  private static void group(StringBuilder text, Objective objective) {
    var labels = new TreeMap<>(objective.labels());
    labels.put("slo", objective.name());
    text.append("  - name: ").append(quoted("slo " + objective.name())).append('\n');
    text.append("    interval: 30s\n    rules:\n");
    for (String window : WINDOWS) {
      String errors = objective.errors().replace(Objective.WINDOW, window);
      String total = objective.total().replace(Objective.WINDOW, window);
      text.append("      - record: slo:errors:ratio").append(window).append('\n');
      text.append("        expr: ").append(quoted("(" + errors + ") / ((" + total + ") > 0)"));
      text.append("\n        labels: ").append(map(labels)).append('\n');
    }
    text.append("      - record: slo:target:ratio\n        expr: ");
    text.append(quoted("vector(" + plain(objective.target()) + ")"));
    text.append("\n        labels: ").append(map(labels)).append('\n');
    PAIRS.forEach(pair -> alert(text, objective, labels, pair));
  }

  private static void alert(
      StringBuilder text, Objective objective, Map<String, String> labels, Pair pair) {
    String selector = "{slo=" + quoted(objective.name()) + "}";
    BigDecimal budget = BigDecimal.ONE.subtract(BigDecimal.valueOf(objective.target()));
    String limit = budget.multiply(BigDecimal.valueOf(pair.factor())).toPlainString();
    String expr =
        "slo:errors:ratio%s%s > %s and slo:errors:ratio%s%s > %s"
            .formatted(pair.lengthy(), selector, limit, pair.brief(), selector, limit);
    var own = new TreeMap<>(labels);
    own.put("owner", objective.owner());
    own.put("window", pair.lengthy());
    String rate = plain(pair.factor());
    text.append("      - alert: ").append(pair.alert()).append('\n');
    text.append("        expr: ").append(quoted(expr)).append('\n');
    text.append("        severity: ").append(pair.severity()).append('\n');
    text.append("        runbook: ").append(pair.alert()).append('\n');
    text.append("        no_data: keep\n        labels: ").append(map(own)).append('\n');
    text.append("        annotations:\n          summary: ");
    text.append(
        quoted(
            objective.name()
                + " fails {{ $value | humanizePercentage }} of the time, too much"
                + " for its target"));
    text.append("\n          description: ");
    text.append(
        quoted(
            "{{ $value | humanizePercentage }} of the events of the last "
                + pair.lengthy()
                + " failed; the target is "
                + plain(objective.target() * 100)
                + " %. At this pace ("
                + rate
                + " times the allowed one and more) the error budget of 30 days is used up"
                + " early."));
    text.append('\n');
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String map(Map<String, String> labels) {
    var text = new StringBuilder("{");
    labels.forEach(
        (name, value) ->
            text.append(text.length() > 1 ? ", " : "")
                .append(quoted(name))
                .append(": ")
                .append(quoted(value)));
    return text.append('}').toString();
  }

  /** A double-quoted scalar, which is the same in YAML and PromQL. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
