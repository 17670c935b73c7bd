package io.tocsin.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tocsin.access.Scope;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Durations;
import io.tocsin.series.MetricMetadata;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Scrape targets as Prometheus lists them. Alerts go out by our own routes, so that there is no
 * Alertmanager to list.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#targets">Targets</a>
 */
public final class PrometheusTargetRoutes implements Routes {

  private final ScrapeTargets targets;
  private final MetricMetadata metadata;

  public PrometheusTargetRoutes(ScrapeTargets targets, MetricMetadata metadata) {
    this.targets = targets;
    this.metadata = metadata;
  }

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record TargetJson(
      Map<String, String> discoveredLabels,
      Map<String, String> labels,
      String scrapePool,
      String scrapeUrl,
      String globalUrl,
      String lastError,
      Instant lastScrape,
      double lastScrapeDuration,
      String health,
      String scrapeInterval,
      String scrapeTimeout) {
    static TargetJson of(ScrapeTargets.Target target) {
      return new TargetJson(
          target.discovered().toMap(),
          target.labels().toMap(),
          target.pool(),
          target.url(),
          target.url(),
          target.lastError(),
          target.lastScrape(),
          target.lastDuration().toNanos() / 1e9,
          target.health().name().toLowerCase(Locale.ROOT),
          Durations.format(target.interval().toMillis()),
          Durations.format(target.timeout().toMillis()));
    }
  }

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record DroppedJson(Map<String, String> discoveredLabels) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record TargetsJson(
      List<TargetJson> activeTargets,
      List<DroppedJson> droppedTargets,
      Map<String, Integer> droppedTargetCounts) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record PoolsJson(List<String> scrapePools) {}

  @JsonNaming(LowerCamelCaseStrategy.class)
  private record AlertmanagersJson(
      List<String> activeAlertmanagers, List<String> droppedAlertmanagers) {}

  private record MetadataJson(
      Map<String, String> target, Optional<String> metric, String type, String help, String unit) {}

  @Override
  public void mount(Router router) {
    String base = PrometheusQueryRoutes.BASE;
    Operation.get(router, base + "targets").needs(Scope.READ).answersAtOnce(this::targets);
    Operation.get(router, base + "targets/metadata")
        .needs(Scope.READ)
        .answersAtOnce(this::metadata);
    Operation.get(router, base + "scrape_pools")
        .needs(Scope.READ)
        .answersAtOnce(request -> PrometheusJson.success(new PoolsJson(pools())));
    Operation.get(router, base + "alertmanagers")
        .needs(Scope.READ)
        .answersAtOnce(
            request -> PrometheusJson.success(new AlertmanagersJson(List.of(), List.of())));
  }

  private List<String> pools() {
    return targets.active().stream().map(ScrapeTargets.Target::pool).distinct().sorted().toList();
  }

  private Reply targets(Request request) {
    String state = request.query("state").orElse("any").toLowerCase(Locale.ROOT);
    Optional<String> pool = request.query("scrapePool");
    List<TargetJson> active =
        state.equals("dropped")
            ? List.of()
            : targets.active().stream()
                .filter(target -> pool.isEmpty() || pool.get().equals(target.pool()))
                .map(TargetJson::of)
                .toList();
    List<DroppedJson> dropped =
        state.equals("active")
            ? List.of()
            : targets.dropped().stream()
                .filter(labels -> pool.isEmpty() || pool.get().equals(labels.get("job")))
                .map(labels -> new DroppedJson(labels.toMap()))
                .toList();
    var counts = new TreeMap<String, Integer>();
    pools().forEach(name -> counts.put(name, 0));
    dropped.forEach(
        one -> counts.merge(one.discoveredLabels.getOrDefault("job", ""), 1, Integer::sum));
    return PrometheusJson.success(new TargetsJson(active, dropped, counts));
  }

  /** What each matching target's metrics are; senders are not told apart, so all say the same. */
  private Reply metadata(Request request) {
    int most = PrometheusParameters.limit(request);
    Optional<String> metric = request.query("metric");
    List<Matcher> matchers =
        request
            .query("match_target")
            .map(text -> PrometheusParameters.matchers("match_target", text))
            .orElse(List.of());
    var told = new ArrayList<MetadataJson>();
    targets.active().stream()
        .map(ScrapeTargets.Target::labels)
        .filter(labels -> Matcher.all(matchers, labels))
        .limit(most)
        .forEach(labels -> tell(labels, metric, told));
    return PrometheusJson.success(told);
  }

  private void tell(Labels target, Optional<String> metric, List<MetadataJson> into) {
    Map<String, List<MetricMetadata.Entry>> known =
        metric.isPresent() ? Map.of(metric.get(), metadata.of(metric.get())) : metadata.all();
    known.forEach(
        (name, entries) -> {
          for (MetricMetadata.Entry entry : entries) {
            into.add(
                new MetadataJson(
                    target.toMap(),
                    metric.isPresent() ? Optional.empty() : Optional.of(name),
                    entry.type(),
                    entry.help(),
                    entry.unit()));
          }
        });
  }
}
