package io.tocsin.incident;

import java.time.Instant;
import java.util.List;

/** Changes as stored. Calls block: virtual threads only. */
public interface ChangeEventStore {

  /** Adds one; one that is there already stays as it is. */
  void save(ChangeEvent change);

  /** Those within a stretch of time, newest first. */
  List<ChangeEvent> between(Instant from, Instant to, int limit);
}
