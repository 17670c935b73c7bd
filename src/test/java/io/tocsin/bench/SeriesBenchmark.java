package io.tocsin.bench;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The memory store with 100,000 series: appending one sample to each, selecting from all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SeriesBenchmark {
  private static final int SERIES = 100_000;
  private static final long STEP = 15_000;
  private static final List<Matcher> ONE_IN_HUNDRED =
      List.of(Matcher.equal(Labels.NAME, "requests_total"), Matcher.equal("group", "g7"));
  private static final List<Matcher> SCAN =
      List.of(
          Matcher.equal(Labels.NAME, "requests_total"),
          Matcher.of("pod", Matcher.Op.REGEX, "pod-.*77"));

  private final Labels[] labels = new Labels[SERIES];
  private MemoryStore full = new MemoryStore(MemoryStore.Limits.DEFAULT);
  private long now;

  /** An hour of samples in each series. */
  @Setup
  public void fill() {
    for (int i = 0; i < SERIES; i++) {
      labels[i] =
          Labels.of(
              Labels.NAME,
              "requests_total",
              "job",
              "api",
              "group",
              "g" + i % 100,
              "pod",
              "pod-" + i);
    }
    full = new MemoryStore(MemoryStore.Limits.DEFAULT);
    for (int i = 0; i < 240; i++) {
      full.append(round());
    }
  }

  private SampleBatch round() {
    now += STEP;
    var batch = SampleBatch.builder();
    for (int i = 0; i < SERIES; i++) {
      batch.add(labels[i], now, (now / STEP) * (i % 7));
    }
    return batch.build();
  }

  /** Per sample. */
  @Benchmark
  @OperationsPerInvocation(SERIES)
  public SeriesStore.AppendResult append() {
    if (now / STEP % 240 == 0) {
      full.forget(now);
    }
    return full.append(round());
  }

  /** Per series: five minutes of 1,000 series, as a rule asks. */
  @Benchmark
  @OperationsPerInvocation(SERIES / 100)
  public List<SeriesPoints> selectFiveMinutes() {
    return full.select(ONE_IN_HUNDRED, now - 300_000, now);
  }

  /** Per series: an hour of 1,000 series, as a graph asks. */
  @Benchmark
  @OperationsPerInvocation(SERIES / 100)
  public List<SeriesPoints> selectAnHour() {
    return full.select(ONE_IN_HUNDRED, now - 3_600_000, now);
  }

  /** In all: a regular expression over 100,000 values that picks 1,000 series, asked again. */
  @Benchmark
  public List<SeriesPoints> selectByExpression() {
    return full.select(SCAN, now - 15_000, now);
  }
}
