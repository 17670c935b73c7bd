package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import io.tocsin.series.Unadmitted.Cause;
import io.tocsin.series.Unadmitted.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which series a store lets in. */
class SeriesGateTest {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Duration KEPT = Duration.ofMinutes(1);

  private long nanos;
  private final MemoryStore store = store(new SeriesLimits(20, 10, 2, 4));

  private MemoryStore store(SeriesLimits limits) {
    return new MemoryStore(new MemoryStore.Limits(limits, KEPT, WINDOW), () -> nanos);
  }

  private static SampleBatch batch(String job, int from, int to, long at) {
    var batch = SampleBatch.builder();
    for (int i = from; i < to; i++) {
      batch.add(Labels.of("__name__", "m", "job", job, "i", Integer.toString(i)), at, i);
    }
    return batch.build();
  }

  private void pass(long seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void aJobThatOpensSeriesTooFastIsHeldBackAndOthersAreNot() {
    var result = store.append(batch("a", 0, 7, 1));

    assertThat(result.appended()).isEqualTo(4);
    assertThat(result.unadmitted().counts()).isEqualTo(Map.of(new Cause(Reason.RATE, "a"), 3));
    assertThat(result.unadmitted().first())
        .contains("i=\"4\"")
        .endsWith(
            "job \"a\" opened 4 series at once, the most it may, at 2 per second in the long run");
    assertThat(store.append(batch("b", 0, 2, 1)).appended()).isEqualTo(2);
    assertThat(store.append(batch("a", 0, 4, 2)).appended())
        .as("series that are there go on")
        .isEqualTo(4);
    pass(1);
    assertThat(store.append(batch("a", 4, 7, 3)).appended()).isEqualTo(2);
    pass(60);
    assertThat(store.append(batch("a", 6, 8, 4)).appended()).isEqualTo(2);
  }

  private void fill(String job, int series) {
    for (int i = 0; i < series; i += 4) {
      store.append(batch(job, i, Math.min(series, i + 4), 1));
      pass(10);
    }
  }

  @Test
  void aJobAndAllTogetherHaveALimitAndSeriesThatEndMakeRoom() {
    fill("a", 12);
    assertThat(store.census(5).jobs()).containsExactly(new SeriesCensus.Job("a", 10, 2));
    fill("b", 10);
    var refused = store.append(batch("c", 0, 1, 1)).unadmitted();
    assertThat(refused.byReason()).isEqualTo(Map.of(Reason.TOTAL, 1));
    assertThat(store.stats().tooMany()).isEqualTo(3);

    store.checkpoint();
    store.forget(Duration.ofHours(1).toMillis());

    assertThat(store.census(5).series()).isZero();
    assertThat(store.census(5).jobs()).isEmpty();
    assertThat(store.append(batch("c", 0, 1, 3_600_000)).appended()).isEqualTo(1);
  }

  @Test
  void whatWasAcceptedOnceComesBackWhateverTheLimits() {
    assertThat(store.restore(batch("a", 0, 30, 1)).appended()).isEqualTo(30);
    assertThat(store.census(1).series()).isEqualTo(30);
    assertThat(store.append(batch("a", 0, 30, 2)).appended()).isEqualTo(30);
    assertThat(store.append(batch("a", 30, 31, 2)).tooMany()).isEqualTo(1);
  }

  @Test
  void aCensusCountsWhatCameInTheLastMinute() {
    store.append(batch("a", 0, 4, 1));
    pass(59);
    store.append(batch("b", 0, 3, 1));
    assertThat(store.census(1).createdLastMinute()).isEqualTo(7);
    pass(1);
    assertThat(store.census(1).createdLastMinute()).isEqualTo(3);
    assertThat(store.census(1).created()).isEqualTo(7);
    assertThat(store.census(1).jobs()).hasSize(1);
  }

  @Test
  void jobsThatSomebodyInventsAreNotRemembered() {
    fill("a", 10);
    fill("b", 10);
    var told = new ArrayList<Unadmitted>();
    store.onUnadmitted(told::add);

    for (int i = 0; i < 50; i++) {
      store.append(batch("job" + i, 0, 1, 1));
    }

    assertThat(told).hasSize(50);
    assertThat(store.census(100).jobs())
        .extracting(SeriesCensus.Job::name)
        .isEqualTo(List.of("a", "b"));
  }
}
