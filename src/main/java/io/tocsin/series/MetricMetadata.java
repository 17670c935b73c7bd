package io.tocsin.series;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What senders say about their metrics ({@code TYPE}, {@code HELP}, {@code UNIT}): kept in memory
 * only, as each scrape and push says it anew. Bounded in metrics, in different entries per metric
 * and in the length of a text; what is beyond is counted and left out. Safe for many threads.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/api/#querying-metric-metadata">
 *     Querying metric metadata</a>
 */
public final class MetricMetadata {
  /** Different entries kept for one metric; senders mostly agree. */
  static final int MOST_PER_METRIC = 10;

  private static final int DEFAULT_METRICS = 50_000;
  private static final int LONGEST_TEXT = 1024;

  /**
   * One sender's words on a metric family.
   *
   * @param type {@code counter}, {@code gauge}, {@code histogram}, {@code gaugehistogram}, {@code
   *     summary}, {@code info}, {@code stateset} or {@code unknown}
   * @param help what it measures; may be empty
   * @param unit its unit; mostly empty
   */
  public record Entry(String type, String help, String unit) {
    public Entry {
      type = type.isEmpty() ? "unknown" : cut(type);
      help = cut(help);
      unit = cut(unit);
    }

    private static String cut(String text) {
      return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
  }

  private final ConcurrentHashMap<String, List<Entry>> entries = new ConcurrentHashMap<>();
  private final AtomicLong leftOut = new AtomicLong();
  private final int most;

  /** Keeps fifty thousand metrics at most. */
  public MetricMetadata() {
    this(DEFAULT_METRICS);
  }

  /**
   * @param most how many metrics are kept
   */
  public MetricMetadata(int most) {
    this.most = most;
  }

  /** Takes note of what a sender said; cheap when it was said before. */
  public void note(String metric, Entry entry) {
    List<Entry> known = entries.get(metric);
    if (known != null && known.contains(entry)) {
      return;
    }
    if (known == null && entries.size() >= most) {
      leftOut.incrementAndGet();
      return;
    }
    entries.merge(metric, List.of(entry), this::joined);
  }

  private List<Entry> joined(List<Entry> known, List<Entry> more) {
    if (known.contains(more.getFirst())) {
      return known;
    }
    if (known.size() >= MOST_PER_METRIC) {
      leftOut.incrementAndGet();
      return known;
    }
    var longer = new ArrayList<>(known);
    longer.addAll(more);
    return List.copyOf(longer);
  }

  /** What was said of one metric; none when nobody spoke of it. */
  public List<Entry> of(String metric) {
    return entries.getOrDefault(metric, List.of());
  }

  /** Everything, in order of metric names. */
  public SortedMap<String, List<Entry>> all() {
    return new TreeMap<>(entries);
  }

  /** How many entries were not kept because of a bound. */
  public long leftOut() {
    return leftOut.get();
  }
}
