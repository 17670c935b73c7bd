package io.tocsin.series;

/**
 * The recent past in memory. One writer appends in journal order; any number of readers select
 * meanwhile without locks.
 */
public interface SeriesStore extends SeriesReader {

  /**
   * Appends in order. A sample outside the out-of-order window is refused and counted; one with a
   * timestamp already present replaces the value (last write wins).
   */
  AppendResult append(SampleBatch batch);

  /**
   * What became of a batch.
   *
   * @param appended how many samples are now readable
   * @param tooOld how many lay before the out-of-order window
   * @param unadmitted those whose series the store did not let in
   */
  record AppendResult(int appended, int tooOld, Unadmitted unadmitted) {

    /** Where every series was let in. */
    public AppendResult(int appended, int tooOld) {
      this(appended, tooOld, Unadmitted.NONE);
    }

    /** How many samples' series were not let in. */
    public int tooMany() {
      return unadmitted.total();
    }
  }
}
