package io.tocsin.probe;

import io.tocsin.label.Labels;
import io.tocsin.label.RelabelRule;
import io.tocsin.settings.Durations;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One address that exposes samples.
 *
 * @param discovered all that was known of it before relabelling
 * @param labels put on every sample: {@code job}, {@code instance} and others
 */
public record ScrapeTarget(
    ScrapeConfig config,
    Labels discovered,
    Labels labels,
    URI url,
    Duration interval,
    Duration timeout) {

  private static final String SCHEME = "__scheme__";
  private static final String PATH = "__metrics_path__";
  private static final String INTERVAL = "__scrape_interval__";
  private static final String TIMEOUT = "__scrape_timeout__";
  private static final String PARAM = "__param_";
  private static final String HIDDEN = "__";

  /**
   * What became of something discovered.
   *
   * @param target empty when relabelling dropped it or it cannot be used
   * @param problem why it cannot be used, "" otherwise
   */
  record Resolved(Labels discovered, Optional<ScrapeTarget> target, String problem) {}

  /** Makes targets of what was discovered, each set of labels and address once. */
  static List<Resolved> resolve(ScrapeConfig config, List<Labels> discovered) {
    var resolved = new ArrayList<Resolved>();
    var names = new HashSet<String>();
    for (Labels found : discovered) {
      Resolved one = resolve(config, found);
      if (one.target.isEmpty() || names.add(one.target.get().name())) {
        resolved.add(one);
      }
    }
    return resolved;
  }

  private static Resolved resolve(ScrapeConfig config, Labels found) {
    Labels full = known(config, found);
    Optional<Labels> left = RelabelRule.all(config.relabelling(), full);
    if (left.isEmpty()) {
      return new Resolved(full, Optional.empty(), "");
    }
    try {
      return new Resolved(full, Optional.of(target(config, full, left.get())), "");
    } catch (IllegalArgumentException e) {
      return new Resolved(full, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  /** What discovery found says more than what the configuration says for all. */
  private static Labels known(ScrapeConfig config, Labels found) {
    var labels =
        Labels.builder()
            .set("job", config.job())
            .set(SCHEME, config.scheme())
            .set(PATH, config.path())
            .set(INTERVAL, Durations.print(config.interval()))
            .set(TIMEOUT, Durations.print(config.timeout()));
    config
        .params()
        .forEach((name, values) -> labels.set(PARAM + name, values.isEmpty() ? "" : values.get(0)));
    return labels.build().with(found);
  }

  private static ScrapeTarget target(ScrapeConfig config, Labels discovered, Labels left) {
    String address = left.get(ScrapeConfig.ADDRESS);
    if (address.isEmpty()) {
      throw new IllegalArgumentException("no address");
    }
    var labels = Labels.builder();
    left.forEach(
        (name, value) -> {
          if (!name.startsWith(HIDDEN)) {
            labels.set(name, value);
          }
        });
    if (!left.has("instance")) {
      labels.set("instance", address);
    }
    Duration interval = duration(left, INTERVAL);
    Duration timeout = duration(left, TIMEOUT);
    if (interval.compareTo(Check.SHORTEST_INTERVAL) < 0 || timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "interval " + left.get(INTERVAL) + " and timeout " + left.get(TIMEOUT));
    }
    return new ScrapeTarget(
        config, discovered, labels.build(), url(config, left, address), interval, timeout);
  }

  private static Duration duration(Labels labels, String name) {
    return Durations.parse(labels.get(name))
        .filter(Duration::isPositive)
        .orElseThrow(() -> new IllegalArgumentException(name + " \"" + labels.get(name) + "\""));
  }

  private static URI url(ScrapeConfig config, Labels labels, String address) {
    var params = new TreeMap<String, List<String>>(config.params());
    labels.forEach(
        (name, value) -> {
          if (name.startsWith(PARAM)) {
            var values =
                new ArrayList<>(params.getOrDefault(name.substring(PARAM.length()), List.of()));
            if (values.isEmpty()) {
              values.add(value);
            } else {
              values.set(0, value);
            }
            params.put(name.substring(PARAM.length()), values);
          }
        });
    String path = labels.get(PATH);
    String separator = path.startsWith("/") || path.isEmpty() ? "" : "/";
    try {
      return HttpExchange.checked(
          URI.create(
              labels.get(SCHEME) + "://" + address + separator + path + query(path, params)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("address \"" + address + "\"", e);
    }
  }

  private static String query(String path, Map<String, List<String>> params) {
    var query = new StringBuilder();
    params.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    query
                        .append(query.isEmpty() && path.indexOf('?') < 0 ? '?' : '&')
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
    return query.toString();
  }

  /** Unique among targets with different labels or addresses. */
  String name() {
    return "scrape " + url + " " + labels;
  }
}
