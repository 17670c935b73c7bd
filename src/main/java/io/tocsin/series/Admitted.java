package io.tocsin.series;

/**
 * A batch whose series have been found, and whose samples of series that nobody has room for have
 * been left out.
 */
public final class Admitted {
  private final SampleBatch batch;
  private final MemorySeries[] series;
  private final Unadmitted refused;

  /**
   * @param batch what is left
   * @param series of each sample of the batch
   * @param refused samples left out because their series were not let in
   */
  Admitted(SampleBatch batch, MemorySeries[] series, Unadmitted refused) {
    this.batch = batch;
    this.series = series;
    this.refused = refused;
  }

  /** The samples that may be kept. */
  public SampleBatch batch() {
    return batch;
  }

  public int size() {
    return batch.size();
  }

  /** The samples left out because their series were not let in. */
  public Unadmitted refused() {
    return refused;
  }

  MemorySeries series(int i) {
    return series[i];
  }
}
