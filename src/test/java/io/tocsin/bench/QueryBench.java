package io.tocsin.bench;

import com.sun.management.OperatingSystemMXBean;
import io.tocsin.label.Labels;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.RealPrometheus;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What range queries cost: a day at a step of a minute over 1,000 series with a sample every half
 * minute, CPU seconds of our whole process; and of the system's Prometheus over the same samples
 * where it is installed. Ours is without HTTP and JSON, theirs with both.
 */
public final class QueryBench {
  private static final long START = 1_700_000_000_000L;
  private static final int SERIES = 1_000;
  private static final int STEPS = 2 * 60 * 24 + 20;
  private static final int RUNS = 8;
  private static final List<String> QUERIES =
      List.of(
          "sum by (zone) (rate(m_total[5m]))",
          "m_total",
          "max_over_time(m_total[10m])",
          "topk(5, rate(m_total[5m]))",
          "quantile by (zone) (0.9, m_total)");

  private QueryBench() {}

  /**
   * @param args the queries; without any a few usual ones
   */
  public static void main(String[] args) throws Exception {
    List<String> queries = args.length > 0 ? List.of(args) : QUERIES;
    MemoryStore store = filled();
    for (String query : queries) {
      System.out.printf(Locale.ROOT, "ours   %.3f CPU-s  %s%n", ours(store, query), query);
    }
    Optional<String> missing = RealPrometheus.missing();
    if (missing.isPresent()) {
      System.out.println("Prometheus: skipped, " + missing.get());
      return;
    }
    Path folder = Files.createTempDirectory("query-bench");
    try (var prometheus = RealPrometheus.over(openMetrics(), folder)) {
      for (String query : queries) {
        double cpu = theirs(prometheus, query);
        System.out.printf(Locale.ROOT, "theirs %.3f CPU-s  %s%n", cpu, query);
      }
    }
  }

  private static Labels labels(int series) {
    return Labels.of(Labels.NAME, "m_total", "pod", "p" + series, "zone", "z" + series % 10);
  }

  private static double value(int series, int step) {
    return Math.floor(step * (1 + series % 17) * 1.3);
  }

  private static long time(int series, int step) {
    return START + step * 30_000L + series % 30_000;
  }

  private static MemoryStore filled() {
    var store =
        new MemoryStore(
            new MemoryStore.Limits(SERIES, Duration.ofDays(36_500), Duration.ofMinutes(10)));
    for (int step = 0; step < STEPS; step++) {
      var batch = SampleBatch.builder();
      for (int i = 0; i < SERIES; i++) {
        batch.add(labels(i), time(i, step), value(i, step));
      }
      store.append(batch.build());
    }
    return store;
  }

  private static String openMetrics() {
    var text = new StringBuilder("# TYPE m_total unknown\n");
    for (int i = 0; i < SERIES; i++) {
      String labels = labels(i).toString().replace(", ", ",");
      for (int step = 0; step < STEPS; step++) {
        text.append(labels).append(' ').append((long) value(i, step)).append(' ');
        text.append(time(i, step) / 1000.0).append('\n');
      }
    }
    return text.append("# EOF\n").toString();
  }

  private static double ours(MemoryStore store, String query) {
    Expr expr = Parser.parse(query);
    var evaluator = new Evaluator(store, QueryLimits.DEFAULT);
    double best = Double.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      long cpu = cpu();
      evaluator.range(expr, START + 300_000, START + 86_700_000, 60_000);
      best = Math.min(best, (cpu() - cpu) / 1e9);
    }
    return best;
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double theirs(RealPrometheus prometheus, String query) throws Exception {
    double best = Double.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) {
      double cpu = prometheus.processorSeconds();
      var answer =
          prometheus.ask(
              "query_range",
              Map.of(
                  "query",
                  query,
                  "start",
                  Double.toString(START / 1000.0 + 300),
                  "end",
                  Double.toString(START / 1000.0 + 86_700),
                  "step",
                  "60"));
      if (!answer.get("status").asText().equals("success")) {
        throw new IllegalStateException(answer.toString());
      }
      best = Math.min(best, prometheus.processorSeconds() - cpu);
    }
    return best;
  }
}
