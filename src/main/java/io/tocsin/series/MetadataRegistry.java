package io.tocsin.series;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was last said about each metric, by whichever way it came in. Bounded: beyond {@code limit}
 * metrics new ones are not remembered; texts beyond {@link #LONGEST} characters are cut. Safe for
 * any number of threads.
 */
public final class MetadataRegistry {

  /** Characters of a help text that are kept. */
  public static final int LONGEST = 1024;

  private final int limit;
  private final Map<String, MetricMetadata> byName = new ConcurrentHashMap<>();

  /**
   * @param limit how many metrics are remembered
   */
  public MetadataRegistry(int limit) {
    this.limit = limit;
  }

  /** Remembers what is said; what says nothing changes nothing. */
  public void learn(Map<String, MetricMetadata> said) {
    said.forEach(this::learn);
  }

  private void learn(String name, MetricMetadata said) {
    boolean room = byName.containsKey(name) || byName.size() < limit;
    if (name.isEmpty() || said.equals(MetricMetadata.NONE) || !room) {
      return;
    }
    String help = said.help();
    byName.put(name, help.length() <= LONGEST ? said : said.withHelp(help.substring(0, LONGEST)));
  }

  /** What is known of one metric. */
  public Optional<MetricMetadata> of(String metric) {
    return Optional.ofNullable(byName.get(metric));
  }

  /** Everything known, by metric name. */
  public SortedMap<String, MetricMetadata> all() {
    return new TreeMap<>(byName);
  }
}
