package io.tocsin.check;

import java.time.Instant;
import java.util.List;

/**
 * The history of results, kept for a bounded time. Implementations may block, so they are called
 * off the event loops.
 */
public interface CheckResultStore {

  /** Keeps a batch: all of it or, when this throws, none. */
  void append(List<CheckObservation> batch);

  /** The observations of a check that began in {@code [from, to)}, oldest first, at most limit. */
  List<CheckObservation> read(String check, Instant from, Instant to, int limit);
}
