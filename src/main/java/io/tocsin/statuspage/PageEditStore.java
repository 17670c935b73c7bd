package io.tocsin.statuspage;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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
      private final AtomicReference<Optional<Kept>> kept = new AtomicReference<>(Optional.empty());

      @Override
      public Optional<Kept> load() {
        return kept.get();
      }

      @Override
      public boolean save(Kept next, Optional<Instant> before) {
        Optional<Kept> now = kept.get();
        return now.map(Kept::at).equals(before) && kept.compareAndSet(now, Optional.of(next));
      }

      @Override
      public void reset() {
        kept.set(Optional.empty());
      }
    };
  }
}
