package io.tocsin.series;

import io.tocsin.label.Matcher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Written chunks in a list: the in-memory form of the older past. */
public final class MemoryBlocks implements ChunkSource {
  private final List<EncodedChunk> written = new CopyOnWriteArrayList<>();

  public void add(EncodedChunk chunk) {
    written.add(chunk);
  }

  @Override
  public List<EncodedChunk> chunks(List<Matcher> matchers, long fromMillis, long toMillis) {
    return written.stream()
        .filter(chunk -> chunk.startMillis() <= toMillis && chunk.endMillis() >= fromMillis)
        .filter(chunk -> Matcher.all(matchers, chunk.labels()))
        .toList();
  }
}
