package io.tocsin.series;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What a store took in since its previous checkpoint, fixed at one moment between two appends. It
 * is written at leisure while the store goes on; if that fails, {@link #failed} leaves everything
 * to the next checkpoint.
 */
public final class Checkpoint {

  /** A series as it was, with the earliest timestamp that is not saved. */
  record Unsaved(MemorySeries series, Chunks chunks, int headCount, int headBits, long since) {

    static Unsaved of(MemorySeries series) {
      Chunks chunks = series.chunks();
      HeadChunk head = chunks.head();
      return new Unsaved(series, chunks, head.count(), head.bits(), series.unsavedFrom());
    }
  }

  private final List<Unsaved> unsaved;
  private final Consumer<List<Unsaved>> giveBack;

  Checkpoint(List<Unsaved> unsaved, Consumer<List<Unsaved>> giveBack) {
    this.unsaved = unsaved;
    this.giveBack = giveBack;
  }

  /** How many series have something to save. */
  public int series() {
    return unsaved.size();
  }

  /**
   * Visits the chunks to save, partly filled ones included, in the order in which they must be
   * written: of two with the same timestamp the later one holds the value that counts. A chunk may
   * repeat samples that an earlier checkpoint saved.
   */
  public void forEach(BiConsumer<MemorySeries, EncodedChunk> writer) {
    var chunks = new ArrayList<EncodedChunk>();
    for (Unsaved one : unsaved) {
      chunks.clear();
      one.chunks.export(one.series.labels(), one.headCount, one.headBits, one.since, chunks);
      chunks.forEach(chunk -> writer.accept(one.series, chunk));
    }
  }

  /** The chunks could not be saved: the next checkpoint will bring them again. */
  public void failed() {
    giveBack.accept(unsaved);
  }
}
