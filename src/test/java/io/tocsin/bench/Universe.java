package io.tocsin.bench;

import io.tocsin.label.Labels;
import java.util.List;
import java.util.Locale;

/**
 * Series as a fleet of services exposes them: each instance has 50, with about ten labels. Counters
 * rise, gauges swing; all by number, so that every run has the same.
 */
final class Universe {
  static final int PER_INSTANCE = 50;

  private static final List<String> HANDLERS =
      List.of("/api/v1/orders", "/api/v1/users/{id}", "/healthz");
  private static final List<String> BOUNDS =
      List.of("0.005", "0.025", "0.1", "0.25", "0.5", "1", "2.5", "+Inf");

  private Universe() {}

  /** The labels of one series when its instances are spread over that many jobs. */
  static Labels labels(int series, int jobs) {
    int instance = series / PER_INSTANCE;
    int kind = series % PER_INSTANCE;
    String job = String.format(Locale.ROOT, "svc-%03d", instance % jobs);
    Labels host =
        Labels.of(
            "cluster", "prod-eu-" + (1 + instance % 4),
            "env", "prod",
            "instance", "10.0." + (instance >> 8) + "." + (instance & 255) + ":9100",
            "job", job,
            "namespace", "team-" + instance % jobs % 12,
            "pod", job + "-" + Integer.toString(instance * 7919, 36),
            "region", "eu-central-" + (1 + instance % 3));
    return host.with(metric(kind));
  }

  private static Labels metric(int kind) {
    if (kind < 18) {
      return named(
          "http_requests_total",
          "method",
          List.of("GET", "POST").get(kind / 9),
          "handler",
          HANDLERS.get(kind / 3 % 3),
          "code",
          List.of("200", "404", "500").get(kind % 3));
    }
    if (kind < 34) {
      return named(
          "http_request_duration_seconds_bucket",
          "handler",
          HANDLERS.get((kind - 18) / 8),
          "le",
          BOUNDS.get((kind - 18) % 8));
    }
    if (kind < 42) {
      return named(
          "node_cpu_seconds_total",
          "cpu",
          Integer.toString((kind - 34) / 4),
          "mode",
          List.of("idle", "user", "system", "iowait").get((kind - 34) % 4));
    }
    if (kind < 44) {
      return named("node_filesystem_avail_bytes", "device", "/dev/sd" + kind, "fstype", "ext4");
    }
    if (kind < 46) {
      return named(kind == 44 ? "node_memory_MemAvailable_bytes" : "process_resident_memory_bytes");
    }
    return kind < 49 ? named("queue_depth", "queue", "q" + kind) : named("up");
  }

  private static Labels named(String metric, String... labels) {
    return Labels.of(labels).with(Labels.NAME, metric);
  }

  /** Its value after so many seconds. */
  static double value(int series, long seconds) {
    int kind = series % PER_INSTANCE;
    int instance = series / PER_INSTANCE;
    if (kind < 42) {
      double share = kind >= 18 && kind < 34 ? 1 + (kind - 18) % 8 : 1 + kind % 3;
      return Math.floor(seconds * share * (1 + instance % 40) / 4.0);
    }
    return kind == 49 ? 1 : 1e9 + 1e6 * Math.floor(100 * Math.sin(seconds / 60.0 + series));
  }
}
