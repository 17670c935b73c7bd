package io.tocsin.bench;

import io.tocsin.e2e.TocsinProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Many HTTP checks at one-second intervals through the whole packaged service: a fresh connection
 * each, verdict, row of {@code check_result}, samples in store and journal, alerts. The target is a
 * JVM of its own on the same machine, with one event loop. Arguments: checks, seconds (default
 * 5000, 60). Prints for the first ten seconds after the start, for the next twenty, and for the
 * rest: runs per second, how late they started, how many failed or were left out, and processor
 * time per run, of the service with its database and of the target. All but the last is read from
 * {@code /metrics}; lateness is therefore given as the bound of a bucket.
 */
public final class CheckBench {

  private static final Path PROC = Path.of("/proc");
  private static final String LATE = "tocsin_probe_lateness_seconds_bucket{le=\"";

  private CheckBench() {}

  /** Everything measured at one moment. */
  private record Reading(long nanos, Map<String, Double> metrics, double service, double target) {

    double sum(String prefix) {
      return metrics.entrySet().stream()
          .filter(entry -> entry.getKey().startsWith(prefix))
          .mapToDouble(Map.Entry::getValue)
          .sum();
    }
  }

  public static void main(String[] arguments) throws Exception {
    int checks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
    Process target = target();
    Path folder = Files.createTempDirectory("tocsin-checks");
    try (var tocsin = TocsinProcess.start(folder, configuration(checks, port(target)))) {
      var time = new ProcessorTime(folder);
      Reading first = read(tocsin, time, target);
      Reading tenth = after(10, first, tocsin, time, target);
      Reading thirtieth = after(20, tenth, tocsin, time, target);
      Reading last = after(Math.max(1, seconds - 30), thirtieth, tocsin, time, target);
      print("first 10 s", first, tenth);
      print("next 20 s", tenth, thirtieth);
      print("steady", thirtieth, last);
    } finally {
      target.destroy();
    }
  }

  private static Process target() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            CheckTarget.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int port(Process target) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(target.getInputStream(), StandardCharsets.UTF_8));
    return Integer.parseInt(String.valueOf(lines.readLine()));
  }

  private static String configuration(int checks, int port) {
    var yaml = new StringBuilder("receivers: [{ name: nobody }]\nroute: { receiver: nobody }\n");
    yaml.append("checks:\n");
    for (int i = 0; i < checks; i++) {
      yaml.append("  - { name: c%d, component: part-%d, interval: 1s, ".formatted(i, i % 50))
          .append(
              "http: { url: 'http://127.0.0.1:%d/', expect: { status: 200 } } }\n".formatted(port));
    }
    return yaml.toString();
  }

  private static Reading after(
      int seconds, Reading before, TocsinProcess tocsin, ProcessorTime time, Process target)
      throws Exception {
    long end = before.nanos + TimeUnit.SECONDS.toNanos(seconds);
    TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
    return read(tocsin, time, target);
  }

  private static Reading read(TocsinProcess tocsin, ProcessorTime time, Process target)
      throws Exception {
    var metrics = new TreeMap<String, Double>();
    String text = tocsin.get(tocsin.ops("/metrics")).body();
    for (String line : text.lines().filter(one -> one.startsWith("tocsin_probe_")).toList()) {
      int end = line.lastIndexOf(' ');
      metrics.put(line.substring(0, end), Double.parseDouble(line.substring(end + 1)));
    }
    return new Reading(
        System.nanoTime(),
        metrics,
        time.seconds(),
        ProcessorTime.of(PROC.resolve(Long.toString(target.pid()))));
  }

  private static void print(String phase, Reading from, Reading to) {
    double seconds = (to.nanos - from.nanos) / 1e9;
    double runs = delta("tocsin_probe_runs_total{", from, to);
    double good = delta("tocsin_probe_runs_total{outcome=\"success\"", from, to);
    System.out.printf(
        "%s: %.0f checks/s; late p50 %s, p99 %s, p99.9 %s, max %s; failed %.0f, skipped %.0f;"
            + " processor per check %.0f us (service and database), target %.0f us%n",
        phase,
        runs / seconds,
        late(0.5, from, to),
        late(0.99, from, to),
        late(0.999, from, to),
        late(1, from, to),
        runs - good,
        delta("tocsin_probe_skipped_total", from, to),
        (to.service - from.service) / Math.max(1, runs) * 1e6,
        (to.target - from.target) / Math.max(1, runs) * 1e6);
  }

  private static double delta(String prefix, Reading from, Reading to) {
    return to.sum(prefix) - from.sum(prefix);
  }

  /** The bound of the bucket in which a quantile lies. */
  private static String late(double quantile, Reading from, Reading to) {
    var buckets = new TreeMap<Double, Double>();
    for (String name : to.metrics.keySet()) {
      if (name.startsWith(LATE)) {
        String bound = name.substring(LATE.length(), name.indexOf('"', LATE.length()));
        double seconds =
            bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
        buckets.put(seconds, delta(name, from, to));
      }
    }
    double all = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
    for (var bucket : buckets.entrySet()) {
      if (bucket.getValue() >= all * quantile) {
        return bucket.getKey().isInfinite()
            ? "> 10 s"
            : "<= %.0f ms".formatted(bucket.getKey() * 1000);
      }
    }
    return "-";
  }
}
