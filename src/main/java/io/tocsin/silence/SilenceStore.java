package io.tocsin.silence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Silences as stored. Calls block: virtual threads only. */
public interface SilenceStore {

  /** Those that end after an instant, by start, then by id. */
  List<Silence> endingAfter(Instant instant);

  Optional<Silence> find(String id);

  /** Adds or replaces by id. */
  void save(Silence silence);

  /** Removes; false when there is none. To end one early, save it {@link Silence#expired}. */
  boolean remove(String id);
}
