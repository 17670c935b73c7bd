package io.tocsin.ingest;

import io.tocsin.label.Labels;
import io.tocsin.label.RelabelRule;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.StaleMarker;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One scrape target from scrape to scrape: puts its labels on what it exposes, rewrites them by
 * rule, puts {@code up} and the other series about the scrape before them, and marks series stale
 * that it no longer exposes. Series with timestamps of their own get no stale marker, as in
 * Prometheus. For one scrape at a time.
 *
 * @see <a
 *     href="https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series">Generated
 *     labels and series</a>
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/basics/#staleness">Staleness</a>
 */
public final class ScrapedTarget {
  private static final Pattern LEGACY_METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LEGACY_LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String EXPORTED = "exported_";
  private static final String UP = "up";
  private static final String DURATION = "scrape_duration_seconds";
  private static final String SCRAPED = "scrape_samples_scraped";
  private static final String KEPT = "scrape_samples_post_metric_relabeling";
  private static final String ADDED = "scrape_series_added";

  /**
   * How a target's samples are treated. A limit of 0 is none; one that is exceeded fails the whole
   * scrape.
   *
   * @param honorLabels whether an exposed label wins over the target's; else it is renamed {@code
   *     exported_...}
   * @param relabelling rewrites or drops series, the target's labels included
   * @param samples left after rewriting
   * @param labels of one series
   * @param nameLength bytes of a label's name
   * @param valueLength bytes of a label's value
   * @param legacyNames whether a name of other than the classic characters fails the scrape too
   */
  public record Rules(
      boolean honorLabels,
      List<RelabelRule> relabelling,
      int samples,
      int labels,
      int nameLength,
      int valueLength,
      boolean legacyNames) {

    /** The target's labels win; nothing is rewritten or limited. */
    public static final Rules PLAIN = new Rules(false, List.of(), 0, 0, 0, 0, false);

    public Rules {
      relabelling = List.copyOf(relabelling);
    }
  }

  /** What a scrape came to, for the series about it. */
  private record Tally(int up, int scraped, int kept, int added) {}

  private final Labels target;
  private final Rules rules;

  /** Exposed labels to final labels, of the last scrape; those dropped become nothing. */
  private Map<Labels, Labels> exposed = new HashMap<>();

  /** Final labels of the last scrape whose samples had the scrape's time. */
  private Set<Labels> alive = Set.of();

  /**
   * @param target the labels of the target, such as {@code job} and {@code instance}
   */
  public ScrapedTarget(Labels target, Rules rules) {
    this.target = target;
    this.rules = rules;
  }

  /**
   * What to store after a scrape that succeeded.
   *
   * @param scraped what the target exposed, decoded with {@code startMillis} as the default
   *     timestamp
   * @param startMillis when the scrape began
   * @throws MalformedInput when it is beyond a limit; the scrape counts as failed then
   */
  public SampleBatch succeeded(SampleBatch scraped, long startMillis, Duration took) {
    var samples = SampleBatch.builder();
    var nextExposed = HashMap.<Labels, Labels>newHashMap(scraped.size());
    var nextAlive = LinkedHashSet.<Labels>newLinkedHashSet(scraped.size());
    int added = 0;
    for (int i = 0; i < scraped.size(); i++) {
      Labels from = scraped.labels(i);
      Labels labels = exposed.get(from);
      if (labels == null) {
        labels = relabelled(from);
        added += labels.isEmpty() ? 0 : 1;
      }
      nextExposed.put(from, labels);
      if (labels.isEmpty()) {
        continue;
      }
      if (scraped.timestamp(i) == startMillis) {
        nextAlive.add(labels);
      }
      samples.add(labels, scraped.timestamp(i), scraped.value(i));
    }
    check("sample_limit", samples.size(), rules.samples);
    int kept = samples.size();
    markVanished(nextAlive, startMillis, samples);
    exposed = nextExposed;
    alive = nextAlive;
    return reported(new Tally(1, scraped.size(), kept, added), startMillis, took, samples);
  }

  /** What to store after a scrape that failed: everything it exposed before is stale. */
  public SampleBatch failed(long startMillis, Duration took) {
    var samples = SampleBatch.builder();
    markVanished(Set.of(), startMillis, samples);
    alive = Set.of();
    exposed = new HashMap<>();
    return reported(new Tally(0, 0, 0, 0), startMillis, took, samples);
  }

  /** What to store when the target is scraped no longer: all of its series are stale. */
  public SampleBatch gone(long nowMillis) {
    var samples = SampleBatch.builder();
    markVanished(Set.of(), nowMillis, samples);
    alive = Set.of();
    for (String name : List.of(UP, DURATION, SCRAPED, KEPT, ADDED)) {
      samples.add(target.with(Labels.NAME, name), nowMillis, StaleMarker.VALUE);
    }
    return samples.build();
  }

  private void markVanished(Set<Labels> still, long atMillis, SampleBatch.Builder samples) {
    for (Labels labels : alive) {
      if (!still.contains(labels)) {
        samples.add(labels, atMillis, StaleMarker.VALUE);
      }
    }
  }

  /**
   * The samples with those about the scrape before them. However many series a job or all of them
   * have, whether a target is up is always told.
   */
  private SampleBatch reported(
      Tally tally, long startMillis, Duration took, SampleBatch.Builder samples) {
    return SampleBatch.builder(samples.size() + 5)
        .add(target.with(Labels.NAME, UP), startMillis, tally.up)
        .add(target.with(Labels.NAME, DURATION), startMillis, took.toNanos() / 1e9)
        .add(target.with(Labels.NAME, SCRAPED), startMillis, tally.scraped)
        .add(target.with(Labels.NAME, KEPT), startMillis, tally.kept)
        .add(target.with(Labels.NAME, ADDED), startMillis, tally.added)
        .surely()
        .addAll(samples.build())
        .build();
  }

  /** The final labels; none when the series is dropped. */
  private Labels relabelled(Labels from) {
    Labels labels = RelabelRule.all(rules.relabelling, labelled(from)).orElse(Labels.EMPTY);
    if (labels.isEmpty()) {
      return labels;
    }
    if (!labels.has(Labels.NAME)) {
      throw new MalformedInput(from + ": no metric name left after metric_relabel_configs");
    }
    if (rules.legacyNames && !hasLegacyNames(labels)) {
      throw new MalformedInput("invalid metric name or label names: " + labels);
    }
    check("label_limit", labels.size(), rules.labels);
    for (int i = 0; i < labels.size(); i++) {
      check("label_name_length_limit", labels.name(i).length(), rules.nameLength);
      check("label_value_length_limit", labels.value(i).length(), rules.valueLength);
    }
    return labels;
  }

  private static boolean hasLegacyNames(Labels labels) {
    boolean legacy = LEGACY_METRIC.matcher(labels.metricName()).matches();
    for (int i = 0; i < labels.size(); i++) {
      legacy &= LEGACY_LABEL.matcher(labels.name(i)).matches();
    }
    return legacy;
  }

  private static void check(String limit, int found, int most) {
    if (most > 0 && found > most) {
      throw new MalformedInput(limit + ": " + found + " found, expected at most " + most);
    }
  }

  private Labels labelled(Labels from) {
    if (rules.honorLabels) {
      return target.with(from);
    }
    var labels = from.toBuilder();
    target.forEach(
        (name, value) -> {
          if (from.has(name)) {
            labels.set(free(EXPORTED + name, from), from.get(name));
          }
          labels.set(name, value);
        });
    return labels.build();
  }

  private String free(String name, Labels from) {
    String free = name;
    while (from.has(free) || target.has(free)) {
      free = EXPORTED + free;
    }
    return free;
  }
}
