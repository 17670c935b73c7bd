package io.tocsin.postmortem;

import io.tocsin.alert.Alert;
import io.tocsin.label.Labels;
import io.tocsin.series.SeriesPoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes a test for {@code rules test} that plays the incident's own series to the rules and
 * expects the alerts that paged, so that the same failure pages the next time.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/">Unit
 *     testing for rules</a>
 */
public final class ReplayTest {

  private static final int MOST_POINTS = 2000;

  private final Evidence evidence;
  private final StringBuilder text = new StringBuilder();

  private ReplayTest(Evidence evidence) {
    this.evidence = evidence;
  }

  /** The file; empty when no series of the incident is known any more. */
  public static Optional<String> of(Evidence evidence) {
    List<AlertGraph> graphs =
        evidence.graphs().stream().filter(graph -> graph.points().size() > 0).toList();
    return graphs.isEmpty()
        ? Optional.empty()
        : Optional.of(new ReplayTest(evidence).write(graphs));
  }

  private String write(List<AlertGraph> graphs) {
    long start =
        graphs.stream().mapToLong(graph -> graph.points().timestamps()[0]).min().orElseThrow();
    long step = step(graphs);
    line("# What happened in incident #%d, to be run by: rules test", evidence.incident().number());
    line("rule_files:");
    files().forEach(file -> line("  - %s", quoted(file)));
    line("evaluation_interval: %dms", step);
    line("tests:");
    line("  - interval: %dms", step);
    line("    input_series:");
    var written = new ArrayList<Labels>();
    for (AlertGraph graph : graphs) {
      if (!written.contains(graph.points().labels())) {
        written.add(graph.points().labels());
        line("      - series: %s", quoted(series(graph.points().labels())));
        line("        values: %s", quoted(values(graph.points(), start, step)));
      }
    }
    line("    promql_expr_test:");
    for (AlertGraph graph : graphs) {
      alert(graph).ifPresent(alert -> expect(alert, start, step));
    }
    return text.toString();
  }

  private Optional<Alert> alert(AlertGraph graph) {
    return evidence.incident().alerts().stream()
        .filter(alert -> alert.key().equals(graph.alert()))
        .findFirst();
  }

  /** At the first evaluation after it fired, the alert must fire. */
  private void expect(Alert alert, long start, long step) {
    Instant fired = alert.firingSince().orElse(alert.activeSince());
    long at = Math.max(0, fired.toEpochMilli() - start);
    long tick = (at + step - 1) / step * step + step;
    String selector =
        "ALERTS{alertname=%s,alertstate=\"firing\"}"
            .formatted(quotedLabel(alert.spec().alertName()));
    line("      - expr: %s", quoted("count(" + selector + ") > bool 0"));
    line("        eval_time: %dms", tick);
    line("        exp_samples:");
    line("          - labels: '{}'");
    line("            value: 1");
  }

  private List<String> files() {
    return evidence.incident().alerts().stream()
        .map(alert -> alert.spec().ruleId().split(";", 2)[0])
        .filter(file -> file.endsWith(".yaml") || file.endsWith(".yml"))
        .distinct()
        .sorted()
        .toList();
  }

  /** The usual distance of samples, at least a second. */
  private static long step(List<AlertGraph> graphs) {
    var gaps = new ArrayList<Long>();
    for (AlertGraph graph : graphs) {
      long[] times = graph.points().timestamps();
      for (int i = 1; i < times.length; i++) {
        gaps.add(times[i] - times[i - 1]);
      }
    }
    gaps.sort(Long::compare);
    long middle = gaps.isEmpty() ? 15_000 : gaps.get(gaps.size() / 2);
    return Math.max(1000, Math.round(middle / 1000.0) * 1000);
  }

  private static String values(SeriesPoints points, long start, long step) {
    long last = points.timestamps()[points.size() - 1];
    int slots = (int) Math.min(MOST_POINTS, (last - start) / step + 1);
    var values = new String[slots];
    Arrays.fill(values, "_");
    for (int i = 0; i < points.size(); i++) {
      int slot = (int) Math.round((points.timestamps()[i] - start) / (double) step);
      if (slot < slots) {
        values[slot] = number(points.values()[i]);
      }
    }
    return String.join(" ", values);
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String series(Labels labels) {
    var inside = new ArrayList<String>();
    labels.forEach(
        (name, value) -> {
          if (!name.equals(Labels.NAME)) {
            inside.add(name + "=" + quotedLabel(value));
          }
        });
    return labels.get(Labels.NAME) + "{" + String.join(",", inside) + "}";
  }

  private static String quotedLabel(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static String quoted(String yaml) {
    return "'" + yaml.replace("'", "''") + "'";
  }

  private void line(String format, Object... values) {
    text.append(format.formatted(values)).append('\n');
  }
}
