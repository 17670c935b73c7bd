package io.tocsin.series;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.List;
import java.util.function.Consumer;

/** The older past: chunks that checkpoints have written. */
public interface ChunkSource {

  /**
   * The chunks of matching series that reach into {@code [fromMillis, toMillis]}, in the order in
   * which they were written: where two chunks of a series hold the same timestamp, the later one
   * counts. An empty list of matchers means every series.
   */
  List<EncodedChunk> chunks(List<Matcher> matchers, long fromMillis, long toMillis);

  /**
   * The same one by one, so that a reader can stop when it is enough.
   *
   * @param allowance asked about the series before their chunks are read
   */
  default void each(
      List<Matcher> matchers,
      long fromMillis,
      long toMillis,
      Allowance allowance,
      Consumer<EncodedChunk> sink) {
    chunks(matchers, fromMillis, toMillis).forEach(sink);
  }

  /**
   * The labels of matching series that have a chunk reaching into {@code [fromMillis, toMillis]}.
   */
  default List<Labels> series(List<Matcher> matchers, long fromMillis, long toMillis) {
    return chunks(matchers, fromMillis, toMillis).stream()
        .map(EncodedChunk::labels)
        .distinct()
        .toList();
  }
}
