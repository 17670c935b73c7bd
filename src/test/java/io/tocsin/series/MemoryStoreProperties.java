package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

class MemoryStoreProperties {
  private static final long WINDOW = 600_000;
  private static final Labels[] SERIES = {
    Labels.of("__name__", "a"), Labels.of("__name__", "b"), Labels.of("__name__", "b", "x", "1")
  };

  /** A sample relative to the newest one of its series. */
  record Step(int series, long move, double value) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> move =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of(1000L, 15_000L)),
            Tuple.of(2, Arbitraries.longs().between(-WINDOW - 2000, 2000)),
            Tuple.of(1, Arbitraries.of(0L, -1000L)));
    return Combinators.combine(
            Arbitraries.integers().between(0, SERIES.length - 1), move, Arbitraries.doubles())
        .as(Step::new)
        .list()
        .ofMaxSize(2500)
        .ofMinSize(1);
  }

  @Property(tries = 60)
  void theStoreEqualsASortedMap(
      @ForAll("steps") List<Step> steps,
      @ForAll @LongRange(min = -1000, max = 3_000_000) long from,
      @ForAll @LongRange(min = 0, max = 3_000_000) long length) {
    var store =
        new MemoryStore(new MemoryStore.Limits(10, Duration.ofHours(3), Duration.ofMillis(WINDOW)));
    var model = new TreeMap<Labels, TreeMap<Long, Double>>();
    var samples = SampleBatch.builder();
    long refused = 0;
    for (Step step : steps) {
      Labels labels = SERIES[step.series];
      var points = model.computeIfAbsent(labels, any -> new TreeMap<>());
      long newest = points.isEmpty() ? 700_000 : points.lastKey();
      long timestamp = newest + step.move;
      samples.add(labels, timestamp, step.value);
      if (timestamp < newest - WINDOW && !points.isEmpty()) {
        refused++;
      } else {
        points.put(timestamp, step.value);
      }
    }

    var result = store.append(samples.build());

    assertThat(result.tooOld()).isEqualTo((int) refused);
    assertThat(asMap(store.select(List.of(), from, from + length)))
        .isEqualTo(model(model, from, from + length));
    assertThat(asMap(store.select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE))).isEqualTo(model);
  }

  @Property(tries = 60)
  void theNewestPointReadAloneIsTheLastOfAll(
      @ForAll("steps") List<Step> steps,
      @ForAll @LongRange(min = -600_000, max = 30_000) long ahead,
      @ForAll @LongRange(min = 1, max = 300_000) long lookback) {
    var store =
        new MemoryStore(new MemoryStore.Limits(10, Duration.ofHours(3), Duration.ofMillis(WINDOW)));
    var newest = new long[] {700_000, 700_000, 700_000};
    for (Step step : steps) {
      long timestamp = newest[step.series] + step.move;
      double value = step.move == 0 ? StaleMarker.VALUE : step.value;
      store.append(SampleBatch.of(SERIES[step.series], timestamp, value));
      newest[step.series] = Math.max(newest[step.series], timestamp);
    }
    long at = newest[0] + ahead;

    List<SeriesPoints> all = store.select(List.of(), at - lookback, at);
    List<SeriesPoints> alone = store.select(newest(at - lookback, at)).series();

    assertThat(alone.stream().map(MemoryStoreProperties::last))
        .containsExactlyElementsOf(all.stream().map(MemoryStoreProperties::last).toList());
  }

  private static Reading newest(long from, long to) {
    return new Reading(List.of(), from, to, Reading.Wanted.NEWEST, Allowance.UNBOUNDED);
  }

  /** Labels, time and bits of the last point. */
  private static List<Object> last(SeriesPoints points) {
    int last = points.size() - 1;
    return List.of(
        points.labels(),
        points.timestamps()[last],
        Double.doubleToRawLongBits(points.values()[last]));
  }

  private static Map<Labels, Map<Long, Double>> asMap(List<SeriesPoints> selected) {
    var map = new TreeMap<Labels, Map<Long, Double>>();
    for (SeriesPoints series : selected) {
      var points = new TreeMap<Long, Double>();
      for (int i = 0; i < series.size(); i++) {
        points.put(series.timestamps()[i], series.values()[i]);
      }
      assertThat(series.timestamps()).isSorted().hasSize(points.size());
      map.put(series.labels(), points);
    }
    return map;
  }

  private static Map<Labels, Map<Long, Double>> model(
      TreeMap<Labels, TreeMap<Long, Double>> all, long from, long to) {
    var map = new TreeMap<Labels, Map<Long, Double>>();
    all.forEach(
        (labels, points) -> {
          var part = points.subMap(from, false, to, true);
          if (!part.isEmpty()) {
            map.put(labels, new TreeMap<>(part));
          }
        });
    return map;
  }

  @Example
  void readersBesideAWriterSeeAPrefix() throws Exception {
    var store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    var done = new AtomicBoolean();
    try (var threads = Executors.newFixedThreadPool(2)) {
      var reader = threads.submit(() -> longestPrefixSeen(store, done));
      try {
        threads.submit(() -> write(store, 6000)).get(30, TimeUnit.SECONDS);
      } finally {
        done.set(true);
      }
      assertThat(reader.get(30, TimeUnit.SECONDS)).isPositive();
    }
    assertThat(store.select(List.of(), -1, Long.MAX_VALUE)).hasSize(12);
  }

  private static void write(MemoryStore store, int rounds) {
    for (int i = 0; i < rounds; i++) {
      var samples = SampleBatch.builder();
      for (int series = 0; series <= i / 500; series++) {
        samples.add(Labels.of("series", "s" + series), i * 1000L, i * 1.1);
      }
      store.append(samples.build());
      if (i % 1000 == 0) {
        store.checkpoint().forEach((series, chunk) -> assertThat(chunk.count()).isPositive());
      }
    }
  }

  private static int longestPrefixSeen(MemoryStore store, AtomicBoolean done) {
    int longest = 0;
    do {
      for (SeriesPoints series : store.select(List.of(), -1, Long.MAX_VALUE)) {
        assertPrefix(series);
        longest = Math.max(longest, series.size());
      }
      store.select(newest(-1, Long.MAX_VALUE)).series().forEach(MemoryStoreProperties::assertPair);
    } while (!done.get() || longest == 0);
    return longest;
  }

  /** A timestamp and the value that goes with it. */
  private static void assertPair(SeriesPoints series) {
    int last = series.size() - 1;
    if (series.values()[last] != series.timestamps()[last] / 1000 * 1.1) {
      throw new AssertionError(series.labels() + " broke at " + series.timestamps()[last]);
    }
  }

  /** Consecutive timestamps from the series' first one, each with the value that goes with it. */
  private static void assertPrefix(SeriesPoints series) {
    long first = series.timestamps()[0];
    assertThat(first % 500_000).isZero();
    for (int i = 0; i < series.size(); i++) {
      if (series.timestamps()[i] != first + i * 1000L
          || series.values()[i] != series.timestamps()[i] / 1000 * 1.1) {
        throw new AssertionError(series.labels() + " broke at " + i);
      }
    }
  }
}
