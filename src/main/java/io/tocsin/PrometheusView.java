package io.tocsin;

import io.tocsin.http.PrometheusStatusRoutes.About;
import io.tocsin.http.PrometheusStatusRoutes.Held;
import io.tocsin.http.PrometheusStatusRoutes.Reloaded;
import io.tocsin.http.ScrapeTargets;
import io.tocsin.label.Labels;
import io.tocsin.probe.Probes;
import io.tocsin.probe.ScrapeConfig;
import io.tocsin.probe.ScrapeState;
import io.tocsin.probe.ScrapeTarget;
import io.tocsin.promql.Durations;
import io.tocsin.promql.QueryLimits;
import io.tocsin.rule.RuleGroup;
import io.tocsin.series.MemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** This service as clients of Prometheus' API expect to see a Prometheus. */
final class PrometheusView implements ScrapeTargets {

  private final Reload reload;
  private final MemoryStore store;
  private final Probes probes;

  PrometheusView(Reload reload, MemoryStore store, Probes probes) {
    this.reload = reload;
    this.store = store;
    this.probes = probes;
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
    QueryLimits limits = reload.current().limits().query();
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
    for (ScrapeConfig config : now.scrapes()) {
      entry(yaml, "  - ", "job_name", config.job());
      entry(yaml, "    ", "scrape_interval", Durations.format(config.interval().toMillis()));
      entry(yaml, "    ", "scrape_timeout", Durations.format(config.timeout().toMillis()));
      entry(yaml, "    ", "metrics_path", config.path());
      entry(yaml, "    ", "scheme", config.scheme());
      yaml.append("    static_configs:\n");
      config
          .fixed()
          .forEach(
              target ->
                  yaml.append("      - targets: [")
                      .append(quoted(target.get("__address__")))
                      .append("]\n"));
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
    return probes.scrapes().stream().map(PrometheusView::target).toList();
  }

  @Override
  public List<Labels> dropped() {
    return probes.droppedTargets();
  }

  private static Target target(ScrapeState state) {
    ScrapeTarget target = state.target();
    return new Target(
        target.discovered(),
        target.labels(),
        target.config().job(),
        target.url().toString(),
        state.lastError(),
        state.lastScrape(),
        state.took(),
        switch (state.health()) {
          case UP -> Health.UP;
          case DOWN -> Health.DOWN;
          case UNKNOWN -> Health.UNKNOWN;
        },
        target.interval(),
        target.timeout());
  }
}
