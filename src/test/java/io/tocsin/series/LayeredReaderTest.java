package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LayeredReaderTest extends SeriesReaderContract {
  private static final Labels UP = Labels.of("__name__", "up");
  private final MemoryBlocks blocks = new MemoryBlocks();
  private final MemoryStore memory = new MemoryStore(MemoryStore.Limits.DEFAULT);

  /** The first half is only in chunks, the last third only in memory, the rest in both. */
  @Override
  protected SeriesReader readerOf(SampleBatch samples) {
    var old = new MemoryStore(MemoryStore.Limits.DEFAULT);
    int size = samples.size();
    old.append(part(samples, 0, size / 3));
    old.checkpoint().forEach((series, chunk) -> blocks.add(chunk));
    old.append(part(samples, size / 3, size * 2 / 3));
    old.checkpoint().forEach((series, chunk) -> blocks.add(chunk));
    memory.append(part(samples, size / 2, size));
    return new LayeredReader(memory, () -> 250_000, blocks);
  }

  private static SampleBatch part(SampleBatch samples, int from, int to) {
    var part = SampleBatch.builder();
    for (int i = from; i < to; i++) {
      part.add(samples.labels(i), samples.timestamp(i), samples.value(i));
    }
    return part.build();
  }

  private static MemoryStore empty() {
    return new MemoryStore(MemoryStore.Limits.DEFAULT);
  }

  @Test
  void theLaterChunkAndThenMemoryWin() {
    var old = new MemoryStore(MemoryStore.Limits.DEFAULT);
    old.append(SampleBatch.builder().add(UP, 1, 1).add(UP, 2, 1).add(UP, 3, 1).build());
    old.checkpoint().forEach((series, chunk) -> blocks.add(chunk));
    old.append(SampleBatch.builder().add(UP, 2, 20).add(UP, 3, 20).build());
    old.checkpoint().forEach((series, chunk) -> blocks.add(chunk));
    memory.append(SampleBatch.of(UP, 3, 300));

    var points = new LayeredReader(memory, () -> 10, blocks).select(List.of(), 0, 10).getFirst();

    assertThat(points.values()).containsExactly(1, 20, 300);
  }

  @Test
  void chunksAreNotAskedForWhatMemoryHasWhole() {
    memory.append(SampleBatch.of(UP, 300, 1));
    ChunkSource away =
        (matchers, from, to) -> {
          throw new IllegalStateException("asked");
        };
    var reader = new LayeredReader(memory, () -> 200, away);

    assertThat(reader.select(List.of(), 200, 400)).hasSize(1);
    assertThat(reader.series(List.of(), 200, 400)).containsExactly(UP);
  }

  @Test
  void theNewestPointMayLieInAChunkOrInMemory() {
    var old = new MemoryStore(MemoryStore.Limits.DEFAULT);
    Labels down = Labels.of("__name__", "down");
    old.append(SampleBatch.builder().add(UP, 1, 1).add(down, 2, 7).build());
    old.checkpoint().forEach((series, chunk) -> blocks.add(chunk));
    memory.append(SampleBatch.of(UP, 3, 300));
    var reader = new LayeredReader(memory, () -> 10, blocks);

    List<SeriesPoints> found =
        reader
            .select(new Reading(List.of(), 0, 10, Reading.Wanted.NEWEST, Allowance.UNBOUNDED))
            .series();

    assertThat(found)
        .extracting(points -> points.values()[points.size() - 1])
        .containsExactly(7.0, 300.0);
  }

  @Test
  void readingEndsWhereTheAllowanceDoes() {
    var read = new AtomicInteger();
    ChunkSource endless =
        new ChunkSource() {
          @Override
          public List<EncodedChunk> chunks(List<Matcher> matchers, long from, long to) {
            throw new IllegalStateException("all at once");
          }

          @Override
          public void each(
              List<Matcher> matchers,
              long from,
              long to,
              Allowance allowance,
              Consumer<EncodedChunk> sink) {
            for (long at = 0; ; at += 1_000) {
              read.incrementAndGet();
              var points = new Points(2);
              points.add(at, 1);
              points.add(at + 500, 1);
              sink.accept(EncodedChunk.of(UP, EncodedChunk.encode(points)));
            }
          }
        };
    var allowed = new AtomicLong(100);
    var allowance =
        new Allowance() {
          @Override
          public void series(int more) {}

          @Override
          public void samples(long more) {
            if (allowed.addAndGet(-more) < 0) {
              throw new IllegalStateException("enough");
            }
          }
        };
    var reader = new LayeredReader(empty(), () -> Long.MAX_VALUE, endless);

    assertThatThrownBy(
            () ->
                reader.select(
                    new Reading(List.of(), -1, Long.MAX_VALUE, Reading.Wanted.AVERAGE, allowance)))
        .hasMessage("enough");
    assertThat(read).hasValue(51);
  }

  @Test
  void aSampleInMemoryAndInAChunkCountsOnce() {
    var written = new MemoryBlocks();
    var old = new MemoryStore(MemoryStore.Limits.DEFAULT);
    old.append(SampleBatch.builder().add(UP, 1, 1).add(UP, 2, 1).build());
    old.checkpoint().forEach((series, chunk) -> written.add(chunk));
    old.checkpoint();
    var recent = empty();
    recent.append(SampleBatch.builder().add(UP, 2, 2).add(UP, 3, 3).build());
    var held = new AtomicLong();
    var counting =
        new Allowance() {
          @Override
          public void series(int more) {}

          @Override
          public void samples(long more) {
            held.addAndGet(more);
          }
        };
    var reader = new LayeredReader(recent, () -> 10, written);

    Selected found = reader.select(new Reading(List.of(), 0, 10, Reading.Wanted.AVERAGE, counting));

    assertThat(found.series().getFirst().values()).containsExactly(1, 2, 3);
    assertThat(held).hasValue(3);
  }

  @Test
  void theMemoryJournalAppendsAtOnce() {
    var journal = new MemoryJournal(memory);
    journal.observe(SampleBatch.of(UP, 1, 1));

    assertThat(journal.accept(SampleBatch.of(UP, 2, 2)).toCompletableFuture())
        .isCompletedWithValue(new SeriesStore.AppendResult(1, 0));
    assertThat(memory.select(List.of(), 0, 2).getFirst().size()).isEqualTo(2);
  }
}
