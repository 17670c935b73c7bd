package io.tocsin.drift.stream;

/**
 * Watches a stream. Not thread-safe. After a drift it starts afresh with the next value, unless its
 * definition says otherwise.
 */
public interface Detector {

  /** What a detector thinks of the stream up to now. */
  enum State {
    STABLE,
    /** Something may be changing. */
    WARNING,
    /** The stream has changed. */
    DRIFT
  }

  /** Takes the next value, which must be finite; answers the state after it. */
  State add(double value);
}
