package io.tocsin.statuspage;

import java.time.Instant;
import java.util.Optional;

/** Keeps what people changed of the page. Calls block: virtual threads only. */
public interface PageEditStore {

  /** The changes, and who made the last of them. */
  record Kept(PageEdits edits, String by, Instant at) {}

  /** What is kept; empty when the page is as configured. */
  Optional<Kept> load();

  /**
   * Keeps changes.
   *
   * @param before of when those are that were changed; empty: there were none
   * @return false when somebody else changed them meanwhile: then nothing is kept
   */
  boolean save(Kept kept, Optional<Instant> before);

  /** Forgets all changes: the page is as configured. */
  void reset();

  /** One that forgets with the process. */
  static PageEditStore inMemory() {
    return new PageEditStore() {
      private Optional<Kept> kept = Optional.empty();

      @Override
      public synchronized Optional<Kept> load() {
        return kept;
      }

      @Override
      public synchronized boolean save(Kept next, Optional<Instant> before) {
        if (!kept.map(Kept::at).equals(before)) {
          return false;
        }
        kept = Optional.of(next);
        return true;
      }

      @Override
      public synchronized void reset() {
        kept = Optional.empty();
      }
    };
  }
}
