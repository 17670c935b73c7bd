package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.Reading.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends SeriesReaderContract {
  private static final Labels UP = Labels.of("__name__", "up", "job", "api");
  private static final List<Matcher> ALL = List.of();
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final MemoryStore store = new MemoryStore(MemoryStore.Limits.DEFAULT);

  @Override
  protected SeriesReader readerOf(SampleBatch samples) {
    var filled = new MemoryStore(MemoryStore.Limits.DEFAULT);
    filled.append(samples);
    return filled;
  }

  private SeriesPoints points(Labels labels) {
    return store.select(ALL, Long.MIN_VALUE, Long.MAX_VALUE).stream()
        .filter(found -> found.labels().equals(labels))
        .findFirst()
        .orElseThrow();
  }

  private void regular(Labels labels, long from, long to, long step) {
    var samples = SampleBatch.builder();
    for (long at = from; at < to; at += step) {
      samples.add(labels, at, at);
    }
    store.append(samples.build());
  }

  @Test
  void aSearchThatComparesManyValuesEndsWhenNobodyWaitsForIt() {
    for (int i = 0; i < 10; i++) {
      store.append(SampleBatch.of(UP.with("instance", "host" + i), 1_000, i));
    }
    var asked = new AtomicLong();
    var impatient =
        new Allowance() {
          @Override
          public void series(int more) {}

          @Override
          public void samples(long more) {
            if (asked.incrementAndGet() == 4) {
              throw new IllegalStateException("enough");
            }
          }
        };
    var matchers = List.of(Matcher.of("instance", Matcher.Op.REGEX, "host[0-4]"));

    assertThatThrownBy(
            () -> store.select(new Reading(matchers, 0, 2_000, Wanted.AVERAGE, impatient)))
        .hasMessage("enough");
    assertThat(asked).hasValue(4);
    asked.set(0);
    assertThatThrownBy(() -> store.series(List.of(matchers), 0, 2_000, () -> impatient.samples(0)))
        .hasMessage("enough");
    assertThat(store.series(List.of(matchers), 0, 2_000)).hasSize(5);
    assertThat(store.select(matchers, 0, 2_000)).hasSize(5);
  }

  @Test
  void aLateSampleWithinTheWindowIsMergedAndAnOlderOneRefused() {
    store.append(SampleBatch.of(UP, 1_000_000, 1));

    var result =
        store.append(
            SampleBatch.builder()
                .add(UP, 400_000, 2)
                .add(UP, 399_999, 3)
                .add(UP, 500_000, 4)
                .build());

    assertThat(result).isEqualTo(new SeriesStore.AppendResult(2, 1));
    assertThat(points(UP).timestamps()).containsExactly(400_000, 500_000, 1_000_000);
    assertThat(points(UP).values()).containsExactly(2, 4, 1);
    assertThat(store.stats().tooOld()).isEqualTo(1);
  }

  @Test
  void theLastWriteOfATimestampWins() {
    store.append(SampleBatch.builder().add(UP, 1000, 1).add(UP, 2000, 2).add(UP, 1000, 9).build());
    store.append(SampleBatch.builder().add(UP, 2000, 8).add(UP, 2000, 7).add(UP, 3000, 3).build());

    assertThat(points(UP).values()).containsExactly(9, 7, 3);
  }

  @Test
  void aRepeatedBatchTakesNoRoom() {
    regular(UP, 0, 300_000, 1000);
    long before = store.stats().samples();
    regular(UP, 0, 300_000, 1000);

    assertThat(store.stats().samples()).isEqualTo(before).isEqualTo(300);
  }

  @Test
  void staleMarkersAreKeptBitForBit() {
    store.append(SampleBatch.builder().add(UP, 1, 1).add(UP, 2, StaleMarker.VALUE).build());

    assertThat(StaleMarker.is(points(UP).values()[1])).isTrue();
  }

  @Test
  void seriesBeyondTheLimitAreRefusedAndCounted() {
    var small =
        new MemoryStore(new MemoryStore.Limits(1, Duration.ofHours(3), Duration.ofMinutes(10)));
    var result =
        small.append(
            SampleBatch.builder()
                .add(UP, 1, 1)
                .add(Labels.of("a", "b"), 1, 1)
                .add(UP, 2, 2)
                .build());

    assertThat(result.appended()).isEqualTo(2);
    assertThat(result.unadmitted())
        .isEqualTo(
            new Unadmitted(
                Map.of(new Unadmitted.Cause(Unadmitted.Reason.TOTAL, ""), 1),
                "{a=\"b\"}: there are 1 series, the most there may be"));
    assertThat(small.select(ALL, 0, 10)).hasSize(1);
    assertThat(small.stats().tooMany()).isEqualTo(1);
  }

  @Test
  void forgettingDropsOldChunksAndDeadSeries() {
    Labels dead = Labels.of("__name__", "dead");
    regular(UP, 0, 5 * HOUR, 10_000);
    regular(dead, 0, HOUR, 10_000);
    store.checkpoint();

    store.forget(5 * HOUR);

    assertThat(store.series(List.of(), 0, Long.MAX_VALUE)).containsExactly(UP);
    assertThat(store.labelValues("__name__", List.of(), 0, Long.MAX_VALUE)).containsExactly("up");
    assertThat(points(UP).timestamps()[0]).isBetween(2 * HOUR - 1_200_000, 2 * HOUR);
    assertThat(store.select(ALL, 2 * HOUR, 5 * HOUR).getFirst().size()).isEqualTo(1079);
  }

  @Test
  void aSeriesSomeRuleLooksFartherBackAtIsKeptLonger() {
    Labels other = Labels.of("__name__", "other");
    regular(UP, 0, 5 * HOUR, 60_000);
    regular(other, 0, 5 * HOUR, 60_000);
    store.keepAtLeast(List.of(Matcher.equal("job", "api")), Duration.ofHours(5));
    store.checkpoint();

    store.forget(5 * HOUR);

    assertThat(points(UP).size()).isEqualTo(300);
    assertThat(points(other).size()).isLessThan(300);

    store.keepOnly(Map.of(List.of(Matcher.equal("job", "nobody")), Duration.ofHours(5)));
    store.forget(5 * HOUR);

    assertThat(points(UP).size()).isLessThan(300);
  }

  @Test
  void aForgottenSeriesMayComeBack() {
    regular(UP, 0, HOUR, 10_000);
    store.select(ALL, 0, HOUR);
    store.checkpoint();
    store.forget(9 * HOUR);
    store.append(SampleBatch.of(UP, 9 * HOUR, 1));

    assertThat(points(UP).timestamps()).containsExactly(9 * HOUR);
  }

  @Test
  void churnDoesNotFillTheIndex() {
    for (int round = 0; round < 5; round++) {
      var samples = SampleBatch.builder();
      for (int pod = 0; pod < 2000; pod++) {
        samples.add(Labels.of("__name__", "up", "pod", round + "-" + pod), round * 4 * HOUR, pod);
      }
      store.append(samples.build());
      store.checkpoint();
      store.forget(round * 4 * HOUR);

      assertThat(store.select(List.of(Matcher.equal("__name__", "up")), -1, round * 4 * HOUR))
          .hasSize(2000);
      assertThat(store.select(List.of(Matcher.equal("pod", round + "-7")), -1, round * 4 * HOUR))
          .hasSize(1);
    }
  }

  @Test
  void whatNoCheckpointHasSeenIsNotForgotten() {
    regular(UP, 0, HOUR, 10_000);
    Checkpoint first = store.checkpoint();
    store.append(SampleBatch.of(UP, HOUR, 7));
    first.failed();

    store.forget(9 * HOUR);
    assertThat(points(UP).size()).isEqualTo(361);

    store.checkpoint();
    store.forget(9 * HOUR);
    assertThat(store.select(ALL, 0, 9 * HOUR)).isEmpty();
  }

  @Test
  void restingSeriesLeaveRoomForOthers() {
    var small =
        new MemoryStore(new MemoryStore.Limits(1, Duration.ofHours(3), Duration.ofMinutes(10)));
    small.append(SampleBatch.of(UP, 1, 1));
    small.checkpoint();
    small.forget(9 * HOUR);

    assertThat(small.append(SampleBatch.of(Labels.of("a", "b"), 9 * HOUR, 1)).appended()).isOne();
    assertThat(small.append(SampleBatch.of(UP, 9 * HOUR, 1)).tooMany()).isOne();
  }

  @Test
  void aRestingSeriesKeepsItsIdForADay() {
    var ids = new SeriesIds(store, new AtomicLong()::incrementAndGet);
    store.append(SampleBatch.of(UP, 0, 1));
    long id = ids.idOf(UP);
    store.checkpoint();

    store.forget(9 * HOUR);
    store.forget(32 * HOUR);
    assertThat(ids.known(UP)).hasValue(id);
    assertThat(ids.known(Labels.of("job", "api", "__name__", "up"))).hasValue(id);

    store.forget(34 * HOUR);
    assertThat(ids.known(Labels.of("job", "api", "__name__", "up"))).isEmpty();
  }

  @Test
  void aWatchHearsOfWantedSeriesAsTheyBecomeReadable() {
    Labels other = Labels.of("__name__", "other");
    var heard = new ArrayList<Long>();
    store.watch(
        UP::equals,
        samples -> {
          for (int i = 0; i < samples.size(); i++) {
            assertThat(samples.labels(i)).isEqualTo(UP);
            assertThat(points(UP).timestamps()).contains(samples.timestamp(i));
            heard.add(samples.timestamp(i));
          }
        });

    store.append(SampleBatch.builder().add(UP, 1_000_000, 1).add(other, 2, 1).build());
    store.append(SampleBatch.builder().add(other, 3, 1).add(UP, 2_000_000, 1).build());
    store.append(SampleBatch.builder().add(UP, 5, 1).add(UP, 3_000_000, 1).build());
    assertThat(heard).containsExactly(1_000_000L, 2_000_000L, 3_000_000L);

    store.watch(other::equals, samples -> heard.add(-1L));
    store.append(SampleBatch.builder().add(UP, 4_000_000, 1).add(other, 4, 1).build());
    assertThat(heard).hasSize(4).endsWith(-1L);
  }

  @Test
  void aSelectorSeesSeriesThatCameAfterItsFirstUse() {
    var up = List.of(Matcher.equal("__name__", "up"));
    store.append(SampleBatch.of(UP, 1, 1));
    assertThat(store.select(up, 0, 9)).hasSize(1);

    Labels first = Labels.of("__name__", "up", "job", "aaa");
    store.append(SampleBatch.of(first, 2, 2));
    store.append(SampleBatch.of(Labels.of("__name__", "down"), 2, 2));

    assertThat(store.select(up, 0, 9)).extracting(SeriesPoints::labels).containsExactly(first, UP);
  }

  @Test
  void anIdleSeriesOfThreeHoursStaysBelowItsBudget() {
    for (int series = 0; series < 50; series++) {
      var samples = SampleBatch.builder();
      for (int i = 0; i < 1080; i++) {
        samples.add(Labels.of("__name__", "up", "pod", "p" + series), 10_000L * i, 1);
      }
      store.append(samples.build());
    }

    assertThat(store.stats().samples()).isEqualTo(50 * 1080);
    assertThat(store.stats().bytes() / 50).isLessThan(800);
  }

  @Test
  void aCheckpointHoldsWhatIsNewAndNothingElse() {
    Labels other = Labels.of("__name__", "other");
    regular(UP, 0, 300_000, 1000);
    regular(other, 0, 1000, 1000);
    assertThat(saved(store.checkpoint()).select(ALL, -1, HOUR).getFirst().size()).isEqualTo(1);
    assertThat(saved(store.checkpoint()).select(ALL, -1, HOUR)).isEmpty();

    store.append(SampleBatch.builder().add(UP, 300_000, 7).add(UP, 299_000, 6).build());
    var second = store.checkpoint();
    store.append(SampleBatch.of(UP, 301_000, 1));

    var points = saved(second).select(ALL, -1, HOUR);
    assertThat(points).extracting(SeriesPoints::labels).containsExactly(UP);
    assertThat(points.getFirst().timestamps())
        .endsWith(299_000, 300_000)
        .doesNotContain(0, 301_000);
    assertThat(points.getFirst().values()).endsWith(6, 7);
  }

  @Test
  void aFailedCheckpointComesAgain() {
    regular(UP, 0, 300_000, 1000);
    store.checkpoint().failed();

    assertThat(saved(store.checkpoint()).select(ALL, -1, HOUR).getFirst().size()).isEqualTo(300);
  }

  private static SeriesReader saved(Checkpoint checkpoint) {
    var chunks = new ArrayList<EncodedChunk>();
    checkpoint.forEach(
        (series, chunk) -> chunks.add(EncodedChunk.of(chunk.labels(), chunk.bytes())));
    var blocks = new MemoryBlocks();
    chunks.forEach(blocks::add);
    return new LayeredReader(
        new MemoryStore(MemoryStore.Limits.DEFAULT), () -> Long.MAX_VALUE, blocks);
  }
}
