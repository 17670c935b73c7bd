package io.tocsin.ingest;

import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.StaleMarker;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * StatsD's datagrams, {@code name:value|type|@rate|#tag:value}, added up between two readings:
 * counters are running totals; gauges keep their value, a sign changes it; sets count what is
 * different since the last reading; timers ({@code ms}, in seconds), histograms and distributions
 * are summaries. Bounded in series; one that is silent for {@link #SILENT_MILLIS} ends. Safe for
 * any number of threads.
 *
 * @see <a href="https://github.com/statsd/statsd/blob/master/docs/metric_types.md">StatsD metric
 *     types</a>
 * @see <a href="https://docs.datadoghq.com/developers/dogstatsd/datagram_shell/">DogStatsD
 *     datagrams</a>
 */
public final class Statsd {

  /** After this long without a datagram a series ends: an hour, in milliseconds. */
  public static final long SILENT_MILLIS = 3_600_000;

  private static final int LATEST = 256;
  private static final double[] QUANTILES = {0.5, 0.9, 0.99};
  private static final Labels JOB = Labels.of("job", "statsd");
  private static final int MOST_MEMBERS = 10_000;

  private enum Kind {
    COUNTER,
    GAUGE,
    SET,
    SUMMARY
  }

  /** One series, or a summary's several. */
  private static final class Entry {
    final Kind kind;
    final Labels labels;
    double total;
    long count;
    double[] latest = {};
    int latestCount;
    final Set<String> members = new HashSet<>();
    long heardMillis;

    Entry(Kind kind, Labels labels) {
      this.kind = kind;
      this.labels = labels;
    }
  }

  private record Key(Kind kind, Labels labels) {}

  private final int mostSeries;
  private final LabelSet set;
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /**
   * @param mostSeries beyond it new series are refused
   */
  public Statsd(int mostSeries, IngestLimits limits) {
    this.mostSeries = mostSeries;
    this.set = new LabelSet(new Format.Intake(limits, new SeenSeries(mostSeries), 0));
  }

  /**
   * Takes in a datagram.
   *
   * @return how many of its lines were refused, for their form or for want of room
   */
  public synchronized int receive(byte[] datagram, long nowMillis) {
    int refused = 0;
    for (String line : new String(datagram, StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isBlank() && !take(line.strip(), nowMillis)) {
        refused++;
      }
    }
    return refused;
  }

  private boolean take(String line, long nowMillis) {
    String[] parts = line.split("\\|", -1);
    int colon = parts[0].indexOf(':');
    if (colon < 1 || parts.length < 2) {
      return false;
    }
    Optional<Kind> kind = kind(parts[1]);
    if (kind.isEmpty()) {
      return false;
    }
    try {
      double rate = 1;
      String tags = "";
      for (int i = 2; i < parts.length; i++) {
        if (parts[i].startsWith("@")) {
          rate = number(parts[i].substring(1));
        } else if (parts[i].startsWith("#")) {
          tags = parts[i].substring(1);
        }
      }
      if (!(rate > 0 && rate <= 1)) {
        return false;
      }
      Entry entry = entry(kind.get(), labels(parts[0].substring(0, colon), tags));
      boolean timer = parts[1].equals("ms");
      for (String value : parts[0].substring(colon + 1).split(":", -1)) {
        apply(entry, value, rate, timer);
      }
      entry.heardMillis = nowMillis;
      return true;
    } catch (MalformedInput | NumberFormatException e) {
      return false;
    }
  }

  private static Optional<Kind> kind(String type) {
    return switch (type) {
      case "c" -> Optional.of(Kind.COUNTER);
      case "g" -> Optional.of(Kind.GAUGE);
      case "s" -> Optional.of(Kind.SET);
      case "ms", "h", "d" -> Optional.of(Kind.SUMMARY);
      default -> Optional.empty();
    };
  }

  private static double number(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    double value = FloatText.parse(bytes, 0, bytes.length);
    if (!Double.isFinite(value)) {
      throw new NumberFormatException(text);
    }
    return value;
  }

  private Labels labels(String name, String tags) {
    set.clear();
    set.add(Labels.NAME, OtlpNames.metric(name, "", OtlpNames.Kind.OTHER));
    var named = new LinkedHashMap<String, String>();
    for (String tag : tags.split(",", -1)) {
      int colon = tag.indexOf(':');
      String label = OtlpNames.label(colon < 0 ? tag : tag.substring(0, colon));
      if (!label.isEmpty()) {
        named.put(label, colon < 0 ? "true" : tag.substring(colon + 1));
      }
    }
    named.forEach(set::add);
    return JOB.with(set.build(() -> name));
  }

  private Entry entry(Kind kind, Labels labels) {
    var key = new Key(kind, labels);
    Entry known = entries.get(key);
    if (known != null) {
      return known;
    }
    if (entries.size() >= mostSeries) {
      throw MalformedInput.tooLarge("series of StatsD", entries.size() + 1L, mostSeries);
    }
    var fresh = new Entry(kind, labels);
    entries.put(key, fresh);
    return fresh;
  }

  private static void apply(Entry entry, String value, double rate, boolean timer) {
    switch (entry.kind) {
      case COUNTER -> entry.total += number(value) / rate;
      case GAUGE -> {
        boolean relative = value.startsWith("+") || value.startsWith("-");
        entry.total = relative ? entry.total + number(value) : number(value);
      }
      case SET -> {
        if (entry.members.size() < MOST_MEMBERS) {
          entry.members.add(value);
        }
      }
      case SUMMARY -> observe(entry, timer ? number(value) / 1_000 : number(value), rate);
    }
  }

  private static void observe(Entry entry, double value, double rate) {
    long times = Math.max(1, Math.round(1 / rate));
    entry.count += times;
    entry.total += value * times;
    if (entry.latest.length == 0) {
      entry.latest = new double[LATEST];
    }
    entry.latest[entry.latestCount++ % LATEST] = value;
  }

  /** Everything as it stands; sets and quantiles begin anew. */
  public synchronized SampleBatch read(long nowMillis) {
    var samples = SampleBatch.builder();
    var all = entries.values().iterator();
    while (all.hasNext()) {
      Entry entry = all.next();
      if (nowMillis - entry.heardMillis > SILENT_MILLIS) {
        write(entry, nowMillis, true, samples);
        all.remove();
      } else {
        write(entry, nowMillis, false, samples);
      }
    }
    return samples.build();
  }

  private static void write(Entry entry, long at, boolean ended, SampleBatch.Builder samples) {
    switch (entry.kind) {
      case COUNTER, GAUGE -> samples.add(entry.labels, at, ended ? StaleMarker.VALUE : entry.total);
      case SET -> {
        samples.add(entry.labels, at, ended ? StaleMarker.VALUE : entry.members.size());
        entry.members.clear();
      }
      case SUMMARY -> {
        String name = entry.labels.metricName();
        samples
            .add(
                entry.labels.with(Labels.NAME, name + "_sum"),
                at,
                ended ? StaleMarker.VALUE : entry.total)
            .add(
                entry.labels.with(Labels.NAME, name + "_count"),
                at,
                ended ? StaleMarker.VALUE : entry.count);
        quantiles(entry, at, ended, samples);
      }
    }
  }

  private static void quantiles(Entry entry, long at, boolean ended, SampleBatch.Builder samples) {
    int held = Math.min(entry.latestCount, LATEST);
    double[] sorted = Arrays.copyOf(entry.latest, held);
    Arrays.sort(sorted);
    for (double quantile : QUANTILES) {
      double value = held == 0 ? Double.NaN : sorted[(int) Math.ceil(quantile * held) - 1];
      samples.add(
          entry.labels.with("quantile", GoFloat.plain(quantile)),
          at,
          ended ? StaleMarker.VALUE : value);
    }
    entry.latestCount = 0;
  }

  /** How many series are added up. */
  public synchronized int size() {
    return entries.size();
  }
}
