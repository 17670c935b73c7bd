package io.tocsin;

import io.tocsin.http.PrometheusStatusRoutes.About;
import io.tocsin.http.PrometheusStatusRoutes.Held;
import io.tocsin.http.PrometheusStatusRoutes.Reloaded;
import io.tocsin.http.ScrapeTargets;
import io.tocsin.label.Labels;
import io.tocsin.probe.ScrapeTarget;
import io.tocsin.promql.Durations;
import io.tocsin.promql.QueryLimits;
import io.tocsin.rule.RuleGroup;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.StaleMarker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** This service as clients of Prometheus' API expect to see a Prometheus. */
final class PrometheusView implements ScrapeTargets {
  private static final Duration LOOK_BACK = Duration.ofMinutes(5);

  private final Reload reload;
  private final MemoryStore store;
  private final InstantSource clock;

  PrometheusView(Reload reload, MemoryStore store, InstantSource clock) {
    this.reload = reload;
    this.store = store;
    this.clock = clock;
  }

  About about(Instant started, int queries) {
    StorageSettings storage = reload.current().storage();
    String retention = Durations.format(storage.retention().samples().toMillis());
    return new About(
        Version.text(),
        started,
        () -> new Reloaded(reload.at(), !reload.refused()),
        this::yaml,
        flags(retention, queries),
        retention);
  }

  Held held() {
    MemoryStore.Stats stats = store.stats();
    return new Held(stats.series(), stats.chunks());
  }

  private Map<String, String> flags(String retention, int queries) {
    var flags = new TreeMap<String, String>();
    QueryLimits limits = QueryLimits.DEFAULT;
    flags.put("config.file", reload.current().file().toString());
    flags.put("query.lookback-delta", Durations.format(limits.lookbackMillis()));
    flags.put("query.max-concurrency", Integer.toString(queries));
    flags.put("query.max-samples", Long.toString(limits.maxSamples()));
    flags.put("query.timeout", "30s");
    flags.put("storage.tsdb.retention.time", retention);
    flags.put("web.enable-admin-api", "true");
    flags.put("web.enable-lifecycle", "true");
    flags.put("web.enable-otlp-receiver", "true");
    flags.put("web.enable-remote-write-receiver", "true");
    flags.put("web.external-url", reload.current().console().toString());
    return flags;
  }

  /** What of the configuration a Prometheus would know; nothing that may hold a secret. */
  private String yaml() {
    Configuration now = reload.current();
    var yaml = new StringBuilder("global:\n");
    if (!now.externalLabels().isEmpty()) {
      yaml.append("  external_labels:\n");
      now.externalLabels().forEach((name, value) -> entry(yaml, "    ", name, value));
    }
    yaml.append("rule_files:\n");
    now.rules().stream()
        .map(RuleGroup::file)
        .distinct()
        .forEach(file -> yaml.append("  - ").append(quoted(file)).append('\n'));
    yaml.append("scrape_configs:\n");
    for (ScrapeTarget target : now.scrapes()) {
      entry(yaml, "  - ", "job_name", target.labels().get("job"));
      entry(yaml, "    ", "scrape_interval", Durations.format(target.interval().toMillis()));
      entry(yaml, "    ", "scrape_timeout", Durations.format(target.timeout().toMillis()));
      yaml.append("    static_configs:\n      - targets: [");
      yaml.append(quoted(target.labels().get("instance"))).append("]\n");
    }
    return yaml.toString();
  }

  private static void entry(StringBuilder yaml, String indent, String name, String value) {
    yaml.append(indent).append(name).append(": ").append(quoted(value)).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public List<Target> active() {
    return reload.current().scrapes().stream().map(this::target).toList();
  }

  @Override
  public List<Labels> dropped() {
    return List.of();
  }

  private Target target(ScrapeTarget target) {
    Optional<SeriesPoints> up = last(target.labels().with(Labels.NAME, "up"));
    Optional<SeriesPoints> took =
        last(target.labels().with(Labels.NAME, "scrape_duration_seconds"));
    Health health = up.map(found -> health(value(found))).orElse(Health.UNKNOWN);
    URI url = target.url();
    Labels discovered =
        Labels.of(
            "__address__", url.getAuthority(),
            "__metrics_path__", String.valueOf(url.getPath()),
            "__scheme__", url.getScheme(),
            "__scrape_interval__", Durations.format(target.interval().toMillis()),
            "__scrape_timeout__", Durations.format(target.timeout().toMillis()),
            "job", target.labels().get("job"));
    return new Target(
        discovered,
        target.labels(),
        target.labels().get("job"),
        url.toString(),
        health == Health.DOWN ? "the last scrape failed" : "",
        up.map(found -> Instant.ofEpochMilli(found.timestamps()[found.size() - 1]))
            .orElse(Instant.EPOCH),
        took.map(found -> Duration.ofNanos((long) (value(found) * 1e9))).orElse(Duration.ZERO),
        health,
        target.interval(),
        target.timeout());
  }

  private static Health health(double up) {
    return StaleMarker.is(up) ? Health.UNKNOWN : up == 1 ? Health.UP : Health.DOWN;
  }

  private Optional<SeriesPoints> last(Labels series) {
    long now = clock.millis();
    return store.points(series, now - LOOK_BACK.toMillis(), now + LOOK_BACK.toMillis());
  }

  private static double value(SeriesPoints points) {
    return points.values()[points.size() - 1];
  }
}
