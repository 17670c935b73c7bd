package io.tocsin.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where entries are kept before they are acknowledged. One at a time is applied, in the order of
 * the numbers, and only after it is durable.
 */
public interface ModelJournal {

  /** Applies an entry that is durable now. */
  interface Applying {
    /**
     * @param number of the entry, more than any before
     */
    int apply(long number);
  }

  /** Takes what the journal holds, oldest first. */
  interface Replaying {
    void replay(long number, String model, byte[] entry);
  }

  /**
   * Keeps an entry, then applies it.
   *
   * @return what applying it answered; fails with {@link io.tocsin.series.Journal.JournalFull} or
   *     {@link io.tocsin.series.Journal.JournalUnavailable} when it is not taken
   */
  CompletionStage<Integer> append(String model, byte[] entry, Applying applying);

  /** Hands out everything that no {@link #covered} has dropped; once, before the first append. */
  void replay(Replaying replaying);

  /**
   * Turns to the other part of the journal, if that is empty, between two entries.
   *
   * @return the part that is not written to now; every entry in it has been applied
   */
  long begin();

  /** Empties a part that {@link #begin} named, since snapshots taken since then hold it. */
  void covered(long part);

  /** Bytes of entries that wait to become durable. */
  default long queuedBytes() {
    return 0;
  }

  /** Applies at once and keeps nothing. */
  static ModelJournal inMemory() {
    return new ModelJournal() {
      private long last;

      @Override
      public synchronized CompletionStage<Integer> append(
          String model, byte[] entry, Applying applying) {
        return CompletableFuture.completedStage(applying.apply(++last));
      }

      @Override
      public void replay(Replaying replaying) {}

      @Override
      public long begin() {
        return 0;
      }

      @Override
      public void covered(long part) {}
    };
  }
}
