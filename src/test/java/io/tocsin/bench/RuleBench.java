package io.tocsin.bench;

import com.sun.management.OperatingSystemMXBean;
import io.tocsin.alert.AlertSpec;
import io.tocsin.label.Labels;
import io.tocsin.promql.QueryLimits;
import io.tocsin.rule.AlertingRule;
import io.tocsin.rule.GroupEvaluation;
import io.tocsin.rule.ModelRules;
import io.tocsin.rule.Rule;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Site;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What rules cost: CPU seconds for one evaluation of all rules over seven minutes of samples, ten
 * seconds apart, in memory. Sets of 100, 1,000 and 10,000 rules that look at one job each, and 20
 * that look at everything. The CPU time is the whole process', collector and compiler included, the
 * best of several cycles; the engine behind the rules is not part of it.
 */
public final class RuleBench {
  private static final long END = 1_700_000_000_000L;
  private static final int STEP_SECONDS = 10;
  private static final int STEPS = 42;
  private static final int CYCLES = 12;

  private RuleBench() {}

  /**
   * @param args how many series (100,000), and the sets (100,1000,10000,wide)
   */
  public static void main(String[] args) {
    int series = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    String sets = args.length > 1 ? args[1] : "100,1000,10000,wide";
    int jobs = series / 100;
    MemoryStore store = filled(series, jobs);
    System.out.printf(Locale.ROOT, "%,d series, %d samples each%n", series, STEPS);
    for (String set : sets.split(",")) {
      long began = System.nanoTime();
      List<RuleGroup> groups = set.equals("wide") ? wide() : narrow(Integer.parseInt(set), jobs);
      double loaded = (System.nanoTime() - began) / 1e9;
      List<GroupEvaluation> evaluations =
          groups.stream().map(group -> evaluation(group, store)).toList();
      double best = Double.MAX_VALUE;
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        long cpu = cpu();
        Instant at = Instant.ofEpochMilli(END + cycle);
        evaluations.forEach(evaluation -> evaluation.evaluate(at));
        best = Math.min(best, (cpu() - cpu) / 1e9);
      }
      int rules = groups.stream().mapToInt(group -> group.rules().size()).sum();
      System.out.printf(
          Locale.ROOT,
          "%-6s %6d rules: read in %.2f s, %.4f CPU-s per cycle, %.1f us per rule%n",
          set,
          rules,
          loaded,
          best,
          best * 1e6 / rules);
    }
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static MemoryStore filled(int series, int jobs) {
    var store =
        new MemoryStore(
            new MemoryStore.Limits(2 * series, Duration.ofDays(1), Duration.ofMinutes(10)));
    var labels = new Labels[series];
    for (int i = 0; i < series; i++) {
      labels[i] = Universe.labels(i, jobs);
    }
    for (int step = 0; step < STEPS; step++) {
      long seconds = (long) (step - STEPS + 1) * STEP_SECONDS;
      var batch = SampleBatch.builder();
      for (int i = 0; i < series; i++) {
        double value = Universe.value(i, 1_000_000 + seconds);
        batch.add(labels[i], END + seconds * 1000 - i % 10_000, value);
      }
      store.append(batch.build());
    }
    return store;
  }

  private static GroupEvaluation evaluation(RuleGroup group, MemoryStore store) {
    return new GroupEvaluation(
        group,
        store,
        QueryLimits.DEFAULT,
        new Site(Map.of(), "http://localhost"),
        samples -> {},
        ModelRules.none());
  }

  /** A rule looks at one job: 3 comparisons, 2 rates, 2 sums, a quantile, absence, a trend. */
  private static List<RuleGroup> narrow(int rules, int jobs) {
    int[] kinds = {0, 1, 2, 0, 3, 1, 2, 0, 4, 5};
    var groups = new ArrayList<RuleGroup>();
    var group = new ArrayList<Rule>();
    for (int i = 0; i < rules; i++) {
      String job = String.format(Locale.ROOT, "job=\"svc-%03d\"", i / kinds.length % jobs);
      int apart = i / (kinds.length * jobs);
      group.add(rule("R" + i, narrow(kinds[i % kinds.length], i % 3, job, apart)));
      if (group.size() == 100 || i == rules - 1) {
        groups.add(group("g" + groups.size(), group));
        group.clear();
      }
    }
    return groups;
  }

  private static String narrow(int kind, int variant, String job, int apart) {
    return switch (kind) {
      case 0 ->
          List.of(
                  "node_memory_MemAvailable_bytes{%s} < %d",
                  "queue_depth{%s} > 10000000%05d",
                  "process_resident_memory_bytes{%s} > 10000000%05d")
              .get(variant)
              .formatted(job, 10 + apart);
      case 1 -> "rate(http_requests_total{%s,code=\"500\"}[5m]) > %d".formatted(job, 1_000 + apart);
      case 2 ->
          "sum by (handler) (rate(http_requests_total{%s}[5m])) > %d"
              .formatted(job, 1_000_000 + apart);
      case 3 ->
          ("histogram_quantile(0.99, sum by (le, handler) "
                  + "(rate(http_request_duration_seconds_bucket{%s}[5m]))) > %d")
              .formatted(job, 100 + apart);
      case 4 -> "absent(up{%s})".formatted(job);
      default ->
          "predict_linear(node_filesystem_avail_bytes{%s}[5m], 14400) < -%de18"
              .formatted(job, 1 + apart);
    };
  }

  private static List<RuleGroup> wide() {
    var groups = new ArrayList<RuleGroup>();
    for (int x = 0; x < 4; x++) {
      for (String expr :
          List.of(
              "node_memory_MemAvailable_bytes < " + x,
              "sum by (job) (rate(http_requests_total[5m])) > 1e" + (12 + x),
              "sum by (job) (rate(http_requests_total{code=\"500\"}[5m]))"
                  + " / sum by (job) (rate(http_requests_total[5m])) > "
                  + (1 + x),
              "histogram_quantile(0.99, sum by (le, job) "
                  + "(rate(http_request_duration_seconds_bucket[5m]))) > "
                  + (100 + x),
              "predict_linear(node_filesystem_avail_bytes[5m], 14400) < -1e" + (18 + x))) {
        groups.add(group("w" + groups.size(), List.of(rule("W" + groups.size(), expr))));
      }
    }
    return groups;
  }

  private static AlertingRule rule(String name, String expr) {
    return AlertingRule.of(
        AlertSpec.of(name, name, Duration.ofMinutes(1)),
        expr,
        Map.of("severity", "page"),
        Map.of("summary", "rule " + name + ": {{ $value }}"));
  }

  private static RuleGroup group(String name, List<Rule> rules) {
    return new RuleGroup(
        "bench.yaml", name, Duration.ofSeconds(10), Duration.ZERO, 0, Optional.empty(), rules);
  }
}
