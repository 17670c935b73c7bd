package io.tocsin.probe;

import io.tocsin.label.Labels;
import io.tocsin.settings.Section;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One address that exposes samples in Prometheus' text format.
 *
 * @param labels put on every sample: {@code job}, {@code instance} and the configured ones
 * @param honorLabels whether an exposed label wins over ours
 * @param honorTimestamps whether exposed timestamps are kept
 */
public record ScrapeTarget(
    Labels labels,
    Duration interval,
    Duration timeout,
    HttpExchange.Request request,
    boolean honorLabels,
    boolean honorTimestamps) {

  private static final int BODY_LIMIT = 16 << 20;
  private static final String ACCEPT = "text/plain;version=0.0.4;q=1,*/*;q=0.1";

  /**
   * The targets under {@code scrape_configs}, in Prometheus' own shape: {@code job_name,
   * scrape_interval, scrape_timeout, metrics_path, scheme, static_configs: [{targets, labels}],
   * honor_labels, honor_timestamps}, and {@code basic_auth}, {@code bearer_token}, {@code headers}
   * and {@code tls} as in an HTTP check.
   *
   * @see <a
   *     href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config">scrape_config</a>
   */
  public static List<ScrapeTarget> readAll(Section root) {
    var targets = new ArrayList<ScrapeTarget>();
    root.sections("scrape_configs").forEach(section -> read(section, targets));
    return List.copyOf(targets);
  }

  private static void read(Section section, List<ScrapeTarget> targets) {
    Duration interval = section.duration("scrape_interval", Duration.ofSeconds(15));
    Duration ordinary = Duration.ofSeconds(10);
    Duration timeout =
        section.duration("scrape_timeout", interval.compareTo(ordinary) < 0 ? interval : ordinary);
    if (interval.compareTo(Check.SHORTEST_INTERVAL) < 0) {
      throw section.problem("scrape_interval", "at least 100ms");
    }
    if (!timeout.isPositive() || timeout.compareTo(interval) > 0) {
      throw section.problem("scrape_timeout", "at most scrape_interval");
    }
    String job = section.string("job_name");
    String scheme =
        section.choice("scheme", Scheme.class, Scheme.HTTP).name().toLowerCase(Locale.ROOT);
    String path = section.string("metrics_path", "/metrics");
    var headers = HttpTarget.headers(section);
    headers.putIfAbsent("Accept", ACCEPT);
    TlsSettings tls = TlsSettings.read(section);
    boolean honorLabels = section.flag("honor_labels", false);
    boolean honorTimestamps = section.flag("honor_timestamps", true);
    for (Section group : section.sections("static_configs")) {
      Labels own = Labels.from(group.map("labels"));
      for (String address : group.strings("targets")) {
        var request =
            new HttpExchange.Request(
                HttpMethod.GET,
                url(group, scheme + "://" + address + path),
                headers,
                Optional.empty(),
                5,
                BODY_LIMIT,
                tls.options());
        Labels labels = Labels.of("job", job, "instance", address).with(own);
        targets.add(
            new ScrapeTarget(labels, interval, timeout, request, honorLabels, honorTimestamps));
      }
      group.done();
    }
    section.done();
  }

  /** How a target is spoken to. */
  enum Scheme {
    HTTP,
    HTTPS
  }

  private static URI url(Section group, String text) {
    try {
      return HttpExchange.checked(URI.create(text));
    } catch (IllegalArgumentException e) {
      throw group.problem("targets", "host:port");
    }
  }

  /** Where it is scraped. */
  public URI url() {
    return request.url();
  }

  /** Unique among targets with different labels or addresses. */
  String name() {
    return "scrape " + request.url() + " " + labels;
  }
}
