package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import java.util.List;
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
  void theMemoryJournalAppendsAtOnce() {
    var journal = new MemoryJournal(memory);
    journal.observe(SampleBatch.of(UP, 1, 1));

    assertThat(journal.accept(SampleBatch.of(UP, 2, 2)).toCompletableFuture())
        .isCompletedWithValue(new SeriesStore.AppendResult(1, 0, 0));
    assertThat(memory.select(List.of(), 0, 2).getFirst().size()).isEqualTo(2);
  }
}
