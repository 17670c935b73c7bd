package io.tocsin.promql;

import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.label.Labels;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesPoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** The same samples in our store and in a real Prometheus, asked the same queries. */
public final class Referee implements AutoCloseable {

  /** The first sample is a bit after this, in milliseconds; 2023-11-14T22:13:20Z. */
  private static final long START = 1_700_000_000_000L;

  private static final long STEP = 15_000;
  private static final int STEPS = 480;

  /** Samples lie at such a fraction of a second that evaluation times never have. */
  private static final long APART = 123;

  private static final double TOLERANCE = 1e-6;

  private final MemoryStore store =
      new MemoryStore(
          new MemoryStore.Limits(10_000, Duration.ofDays(36_500), Duration.ofMinutes(10)));
  private final Evaluator evaluator = new Evaluator(store, QueryLimits.DEFAULT);
  private final RealPrometheus prometheus;

  private Referee(String openMetrics, Path folder) throws Exception {
    this.prometheus = RealPrometheus.over(openMetrics, folder);
  }

  /** Two hours of some counters with resets, gauges with gaps, and a histogram. */
  public static Referee of(long seed, Path folder) throws Exception {
    var samples = new TreeMap<Labels, List<double[]>>();
    var random = new Random(seed);
    for (String job : List.of("api", "web")) {
      for (String instance : List.of("a1", "b2", "c3")) {
        Labels of = Labels.of("job", job, "instance", instance);
        for (String code : List.of("200", "404", "500")) {
          counter(of.with("code", code).with(Labels.NAME, "requests_total"), random, samples);
        }
        counter(of.with(Labels.NAME, "bytes_total"), random, samples);
        gauge(of.with("zone", "z" + random.nextInt(2)).with(Labels.NAME, "queue"), random, samples);
        gauge(of.with(Labels.NAME, "temperature"), random, samples);
        histogram(of, random, samples);
      }
      gauge(Labels.of(Labels.NAME, "sparse", "job", job), random, samples);
    }
    samples.entrySet().removeIf(entry -> entry.getValue().isEmpty());
    var referee = new Referee(openMetrics(samples), folder);
    samples.forEach(
        (labels, points) ->
            points.forEach(
                point -> referee.store.append(SampleBatch.of(labels, (long) point[0], point[1]))));
    return referee;
  }

  /** Large from the start, so that no reset and no extrapolation comes near zero. */
  private static void counter(Labels labels, Random random, Map<Labels, List<double[]>> into) {
    double value = 1e6 + random.nextInt(1_000_000);
    double speed = random.nextDouble() * 40;
    var points = new ArrayList<double[]>();
    for (int i = 0; i < STEPS; i++) {
      value = random.nextInt(150) == 0 ? 5e5 : value + Math.floor(random.nextDouble() * speed);
      if (random.nextInt(25) != 0) {
        points.add(point(i, value));
      }
    }
    into.put(labels, points);
  }

  private static double[] point(int step, double value) {
    return new double[] {START + step * STEP + APART, value};
  }

  private static void gauge(Labels labels, Random random, Map<Labels, List<double[]>> into) {
    boolean sparse = labels.metricName().equals("sparse");
    boolean odd = labels.metricName().equals("queue");
    double value = random.nextGaussian() * 100;
    var points = new ArrayList<double[]>();
    for (int i = 0; i < STEPS; i++) {
      value += random.nextGaussian() * 5;
      if (random.nextInt(20) < (sparse ? 1 : 19)) {
        points.add(point(i, odd && random.nextInt(200) == 0 ? Double.NaN : value));
      }
    }
    into.put(labels, points);
  }

  private static void histogram(Labels of, Random random, Map<Labels, List<double[]>> into) {
    List<String> bounds = List.of("0.1", "0.5", "1", "5", "+Inf");
    var counts = new double[bounds.size()];
    var points = new ArrayList<List<double[]>>();
    bounds.forEach(bound -> points.add(new ArrayList<>()));
    for (int i = 0; i < STEPS; i++) {
      int observed = random.nextInt(20);
      for (int b = 0; b < counts.length; b++) {
        counts[b] += Math.floor(observed * (b + 1.0) / counts.length);
        points.get(b).add(point(i, 1e6 * (b + 1) + counts[b]));
      }
    }
    for (int b = 0; b < counts.length; b++) {
      into.put(of.with("le", bounds.get(b)).with(Labels.NAME, "latency_bucket"), points.get(b));
    }
  }

  private static String openMetrics(Map<Labels, List<double[]>> samples) {
    var text = new StringBuilder();
    String family = "";
    for (var entry : byName(samples).entrySet()) {
      String name = entry.getValue().metricName();
      if (!name.equals(family)) {
        family = name;
        text.append("# TYPE ").append(name).append(" unknown\n");
      }
      for (double[] point : samples.get(entry.getValue())) {
        text.append(entry.getValue().toString().replace(", ", ","))
            .append(' ')
            .append(Double.isNaN(point[1]) ? "NaN" : Double.toString(point[1]))
            .append(' ')
            .append(point[0] / 1000)
            .append('\n');
      }
    }
    return text.append("# EOF\n").toString().replace("E9 ", "e9 ");
  }

  private static Map<String, Labels> byName(Map<Labels, List<double[]>> samples) {
    var sorted = new TreeMap<String, Labels>();
    samples.keySet().forEach(l -> sorted.put(l.metricName() + " " + l, l));
    return sorted;
  }

  /** What our answer has otherwise than Prometheus'; empty when they agree. */
  public Optional<String> difference(String query) throws Exception {
    long start = START + 30 * 60_000 + 500;
    long end = start + 60 * 60_000;
    long step = 97_000;
    JsonNode theirs =
        prometheus.ask(
            "query_range",
            Map.of(
                "query",
                query,
                "start",
                Double.toString(start / 1000.0),
                "end",
                Double.toString(end / 1000.0),
                "step",
                "97"));
    boolean refused = theirs.get("status").asText().equals("error");
    List<SeriesPoints> ours;
    try {
      ours = evaluator.range(Parser.parse(query), start, end, step).series();
    } catch (QueryProblem | ParseProblem problem) {
      return refused ? Optional.empty() : Optional.of("only we refuse it: " + problem.getMessage());
    }
    if (refused) {
      return Optional.of("only Prometheus refuses it: " + theirs.get("error").asText());
    }
    return compare(theirs.at("/data/result"), ours);
  }

  private static Optional<String> compare(JsonNode theirs, List<SeriesPoints> ours) {
    var byLabels = new TreeMap<Labels, SeriesPoints>();
    ours.forEach(series -> byLabels.put(series.labels(), series));
    for (JsonNode series : theirs) {
      var labels = Labels.builder();
      series.get("metric").properties().forEach(e -> labels.set(e.getKey(), e.getValue().asText()));
      var own = byLabels.remove(labels.build());
      if (own == null) {
        return Optional.of("we lack " + labels.build());
      }
      JsonNode values = series.get("values");
      if (values.size() != own.size()) {
        return Optional.of(labels.build() + ": " + own.size() + " points, not " + values.size());
      }
      for (int i = 0; i < own.size(); i++) {
        long time = Math.round(values.get(i).get(0).asDouble() * 1000);
        double value = Numbers.parseSigned(values.get(i).get(1).asText()).orElseThrow();
        if (time != own.timestamps()[i] || !near(value, own.values()[i])) {
          return Optional.of(
              "%s at %d: %s, not %s at %d"
                  .formatted(labels.build(), own.timestamps()[i], own.values()[i], value, time));
        }
      }
    }
    return byLabels.isEmpty()
        ? Optional.empty()
        : Optional.of("only we have " + byLabels.firstKey());
  }

  private static boolean near(double one, double other) {
    return Double.compare(one, other) == 0
        || one == other
        || Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other))
        || Math.abs(one - other) < 1e-9;
  }

  @Override
  public void close() throws InterruptedException {
    prometheus.close();
  }
}
