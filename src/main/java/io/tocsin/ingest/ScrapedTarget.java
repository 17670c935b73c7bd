package io.tocsin.ingest;

import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.StaleMarker;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One scrape target from scrape to scrape: puts its labels on what it exposes, adds {@code up},
 * {@code scrape_duration_seconds} and {@code scrape_samples_scraped}, and marks series stale that
 * it no longer exposes. Series with timestamps of their own get no stale marker, as in Prometheus.
 * For one scrape at a time.
 *
 * @see <a
 *     href="https://prometheus.io/docs/concepts/jobs_instances/#automatically-generated-labels-and-time-series">Generated
 *     labels and series</a>
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/basics/#staleness">Staleness</a>
 */
public final class ScrapedTarget {
  private static final String EXPORTED = "exported_";
  private static final String UP = "up";
  private static final String DURATION = "scrape_duration_seconds";
  private static final String SCRAPED = "scrape_samples_scraped";

  private final Labels target;
  private final boolean honorLabels;

  /** Exposed labels to final labels, of the last scrape. */
  private Map<Labels, Labels> exposed = new HashMap<>();

  /** Final labels of the last scrape whose samples had the scrape's time. */
  private Set<Labels> alive = Set.of();

  /**
   * @param target the labels of the target, such as {@code job} and {@code instance}
   * @param honorLabels whether an exposed label wins over the target's; else it is renamed {@code
   *     exported_...}
   */
  public ScrapedTarget(Labels target, boolean honorLabels) {
    this.target = target;
    this.honorLabels = honorLabels;
  }

  /**
   * What to store after a scrape that succeeded.
   *
   * @param scraped what the target exposed, decoded with {@code startMillis} as the default
   *     timestamp
   * @param startMillis when the scrape began
   */
  public SampleBatch succeeded(SampleBatch scraped, long startMillis, Duration took) {
    var samples = SampleBatch.builder();
    var nextExposed = HashMap.<Labels, Labels>newHashMap(scraped.size());
    var nextAlive = LinkedHashSet.<Labels>newLinkedHashSet(scraped.size());
    for (int i = 0; i < scraped.size(); i++) {
      Labels from = scraped.labels(i);
      Labels labels = exposed.get(from);
      if (labels == null) {
        labels = labelled(from);
      }
      nextExposed.put(from, labels);
      if (scraped.timestamp(i) == startMillis) {
        nextAlive.add(labels);
      }
      samples.add(labels, scraped.timestamp(i), scraped.value(i));
    }
    markVanished(nextAlive, startMillis, samples);
    exposed = nextExposed;
    alive = nextAlive;
    report(1, scraped.size(), startMillis, took, samples);
    return samples.build();
  }

  /** What to store after a scrape that failed: everything it exposed before is stale. */
  public SampleBatch failed(long startMillis, Duration took) {
    var samples = SampleBatch.builder();
    markVanished(Set.of(), startMillis, samples);
    alive = Set.of();
    report(0, 0, startMillis, took, samples);
    return samples.build();
  }

  /** What to store when the target is scraped no longer: all of its series are stale. */
  public SampleBatch gone(long nowMillis) {
    var samples = SampleBatch.builder();
    markVanished(Set.of(), nowMillis, samples);
    alive = Set.of();
    for (String name : List.of(UP, DURATION, SCRAPED)) {
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

  private void report(
      int up, int scraped, long startMillis, Duration took, SampleBatch.Builder samples) {
    samples
        .add(target.with(Labels.NAME, UP), startMillis, up)
        .add(target.with(Labels.NAME, DURATION), startMillis, took.toNanos() / 1e9)
        .add(target.with(Labels.NAME, SCRAPED), startMillis, scraped);
  }

  private Labels labelled(Labels from) {
    if (honorLabels) {
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
