package io.tocsin.probe;

import io.tocsin.ingest.ScrapedTarget;
import io.tocsin.label.Labels;
import io.tocsin.label.RelabelRule;
import io.tocsin.settings.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of {@code scrape_configs}: which targets there are and how they are read.
 *
 * @param job its name, unique
 * @param params query parameters
 * @param format what targets expose
 * @param protocols what they are asked for, where the format is Prometheus'
 * @param fixed targets that stand in the file itself, each with {@code __address__}
 * @param discoveries where further ones are found
 * @param relabelling makes targets of what was found
 * @param rules how their samples are treated
 * @param bodyLimit bytes of an exposition, uncompressed
 * @param targetLimit targets beyond it fail them all; 0 is none
 * @param keepDropped how many dropped targets are remembered; 0 is all
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config">scrape_config</a>
 */
public record ScrapeConfig(
    String job,
    Duration interval,
    Duration timeout,
    String scheme,
    String path,
    Map<String, List<String>> params,
    ScrapeHttp http,
    ScrapeFormat format,
    ScrapeProtocols protocols,
    boolean honorTimestamps,
    boolean compressed,
    List<Labels> fixed,
    List<Discovery> discoveries,
    List<RelabelRule> relabelling,
    ScrapedTarget.Rules rules,
    int bodyLimit,
    int targetLimit,
    int keepDropped) {

  static final String ADDRESS = "__address__";
  private static final int BODY_LIMIT = 64 << 20;
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(15);
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

  /** How a target is spoken to. */
  enum Scheme {
    HTTP,
    HTTPS
  }

  /** What jobs do that do not say. */
  private record Usual(Duration interval, Duration timeout, List<ScrapeProtocol> protocols) {}

  /**
   * Reads {@code scrape_configs}, and the usual {@code scrape_interval}, {@code scrape_timeout} and
   * {@code scrape_protocols}.
   */
  public static List<ScrapeConfig> readAll(Section root) {
    var usual =
        new Usual(
            root.duration("scrape_interval", USUAL_INTERVAL),
            root.duration("scrape_timeout", USUAL_TIMEOUT),
            ScrapeProtocols.usual(root));
    var configs = new ArrayList<ScrapeConfig>();
    var jobs = new HashSet<String>();
    for (Section section : root.sections("scrape_configs")) {
      ScrapeConfig config = read(section, usual);
      if (!jobs.add(config.job)) {
        throw section.problem("job_name", "a job_name that no other entry has");
      }
      configs.add(config);
    }
    return List.copyOf(configs);
  }

  private static ScrapeConfig read(Section section, Usual usual) {
    refuseUnsupported(section);
    Duration interval = section.duration("scrape_interval", usual.interval);
    Duration timeout =
        section.duration(
            "scrape_timeout", interval.compareTo(usual.timeout) < 0 ? interval : usual.timeout);
    if (interval.compareTo(Check.SHORTEST_INTERVAL) < 0) {
      throw section.problem("scrape_interval", "at least 100ms");
    }
    if (!timeout.isPositive() || timeout.compareTo(interval) > 0) {
      throw section.problem("scrape_timeout", "at most scrape_interval");
    }
    String job = section.string("job_name");
    ignoreWhatChangesNothing(section);
    ScrapeProtocols protocols = ScrapeProtocols.read(section, usual.protocols);
    var config =
        new ScrapeConfig(
            job,
            interval,
            timeout,
            section.choice("scheme", Scheme.class, Scheme.HTTP).name().toLowerCase(Locale.ROOT),
            section.string("metrics_path", "/metrics"),
            params(section),
            ScrapeHttp.read(section),
            section.choice("format", ScrapeFormat.class, ScrapeFormat.PROMETHEUS),
            protocols,
            section.flag("honor_timestamps", true),
            section.flag("enable_compression", true),
            fixed(section),
            Discovery.readAll(section),
            RelabelSettings.read(section, "relabel_configs"),
            new ScrapedTarget.Rules(
                section.flag("honor_labels", false),
                RelabelSettings.read(section, "metric_relabel_configs"),
                limit(section, "sample_limit"),
                limit(section, "label_limit"),
                limit(section, "label_name_length_limit"),
                limit(section, "label_value_length_limit"),
                protocols.legacyNames()),
            Sizes.bytes(section, "body_size_limit", BODY_LIMIT),
            limit(section, "target_limit"),
            limit(section, "keep_dropped_targets"));
    section.done();
    config.checkFixed(section);
    return config;
  }

  private static void refuseUnsupported(Section section) {
    for (String key : section.keys()) {
      boolean known = key.equals("file_sd_configs") || key.equals("http_sd_configs");
      if (key.endsWith("_sd_configs") && !known) {
        throw section.problem(
            key,
            "discovery of a kind we do not have",
            "static_configs, file_sd_configs or http_sd_configs");
      }
    }
  }

  /** Keys of Prometheus that steer what we do not have, so that a file of its loads unchanged. */
  private static void ignoreWhatChangesNothing(Section section) {
    for (String key :
        new String[] {
          "always_scrape_classic_histograms",
          "scrape_classic_histograms",
          "scrape_native_histograms",
          "native_histogram_bucket_limit",
          "native_histogram_min_bucket_factor",
          "track_timestamps_staleness"
        }) {
      section.optional(key);
    }
  }

  private static Map<String, List<String>> params(Section section) {
    var params = new TreeMap<String, List<String>>();
    section
        .section("params")
        .ifPresent(named -> named.names().forEach(key -> params.put(key, named.strings(key))));
    return Map.copyOf(params);
  }

  private static List<Labels> fixed(Section section) {
    var targets = new ArrayList<Labels>();
    for (Section group : section.sections("static_configs")) {
      Labels own = Labels.from(group.map("labels"));
      group.strings("targets").forEach(address -> targets.add(own.with(ADDRESS, address)));
      group.done();
    }
    return List.copyOf(targets);
  }

  private static int limit(Section section, String key) {
    int limit = section.integer(key, 0);
    if (limit < 0) {
      throw section.problem(key, "0 for none, or a limit");
    }
    return limit;
  }

  /** A fixed address that cannot be used is said at once, with its place. */
  private void checkFixed(Section section) {
    for (var target : ScrapeTarget.resolve(this, fixed)) {
      if (!target.problem().isEmpty()) {
        throw section.problem("static_configs", target.problem(), "host:port");
      }
    }
  }
}
