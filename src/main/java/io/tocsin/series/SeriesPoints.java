package io.tocsin.series;

import io.tocsin.label.Labels;

/**
 * A stretch of one series as a reader sees it: strictly increasing timestamps (milliseconds) and
 * their values, stale markers included ({@link StaleMarker}). The arrays are the reader's own to
 * read, never to change.
 */
@SuppressWarnings("ArrayRecordComponent") // columns for speed; never compared
public record SeriesPoints(Labels labels, long[] timestamps, double[] values) {

  public int size() {
    return timestamps.length;
  }
}
