package io.tocsin;

import io.tocsin.postgres.PostgresJournal;
import io.tocsin.series.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Bounds what memory holds while the database is away. Our own samples go on coming in then, rules
 * go on reading them, and nothing can be saved; beyond the bound those older than the recent past
 * are given up, half an hour at a time, since it means writing chunks anew. Samples from before the
 * outage stay: the journal has them, and they were acknowledged.
 */
final class UnsavedBound {
  private static final Duration STEP = Duration.ofMinutes(30);

  /** Samples of the last commit may be a little later than it. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final MemoryStore store;
  private final Supplier<PostgresJournal.Stats> journal;
  private final StorageSettings storage;
  private final InstantSource clock;
  private Instant givenUpTo = Instant.EPOCH;

  UnsavedBound(
      MemoryStore store,
      Supplier<PostgresJournal.Stats> journal,
      StorageSettings storage,
      InstantSource clock) {
    this.store = store;
    this.journal = journal;
    this.storage = storage;
    this.clock = clock;
  }

  /** Gives up what must be; answers how many samples. */
  long keep() {
    PostgresJournal.Stats now = journal.get();
    if (now.available() || store.unsavedSamples() <= storage.maxUnsaved()) {
      return 0;
    }
    Instant from = now.lastCommit().orElse(Instant.EPOCH).plus(MARGIN);
    Instant to = clock.instant().minus(storage.memory().retention());
    Instant begin = from.isAfter(givenUpTo) ? from : givenUpTo;
    if (Duration.between(begin, to).compareTo(STEP) < 0) {
      return 0;
    }
    givenUpTo = to;
    return store.giveUp(from.toEpochMilli(), to.toEpochMilli());
  }
}
