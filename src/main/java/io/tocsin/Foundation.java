package io.tocsin;

import io.tocsin.postgres.BlockRewrite;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.DatabaseSettings;
import io.tocsin.postgres.EmbeddedServer;
import io.tocsin.postgres.JournalCheckpoint;
import io.tocsin.postgres.JournalReplay;
import io.tocsin.postgres.Leadership;
import io.tocsin.postgres.Node;
import io.tocsin.postgres.PostgresAggregates;
import io.tocsin.postgres.PostgresChunks;
import io.tocsin.postgres.PostgresJournal;
import io.tocsin.postgres.SeriesIdBlocks;
import io.tocsin.postgres.StoredSampleDeletion;
import io.tocsin.series.LayeredReader;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SampleDeletion;
import io.tocsin.series.SeriesIds;
import io.tocsin.series.SeriesReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything durable, opened and replayed: the database, the journal, the store in memory, and this
 * node among those that share the database.
 *
 * @param reader memory for the recent past, blocks for what is older
 * @param findOldest looks how far back samples go; before that, aggregates answer
 * @param metadata what senders say about their metrics
 */
record Foundation(
    Database database,
    Node node,
    Leadership leadership,
    MemoryStore store,
    PostgresJournal journal,
    JournalCheckpoint checkpoint,
    SeriesReader reader,
    Chores.Chore findOldest,
    MetricMetadata metadata) {

  private static final Logger log = LoggerFactory.getLogger(Foundation.class);
  private static final Duration CHECKPOINT = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final long MOST_UNSAVED = 20_000_000;
  private static final Duration FORGET = Duration.ofMinutes(1);
  private static final Duration UPKEEP = Duration.ofHours(1);

  /** Opens the database, of our own or the configured one. */
  static Database database(
      Lifecycle lifecycle, StorageSettings storage, Path data, InstantSource clock)
      throws Exception {
    DatabaseSettings.Server address;
    if (storage.server().isPresent()) {
      address = storage.server().get();
    } else {
      EmbeddedServer server =
          lifecycle.keep("embedded PostgreSQL", () -> EmbeddedServer.start(storage.embedded(data)));
      address = server.address();
    }
    return lifecycle.keep(
        "database", () -> Database.open(address, storage.retention(), clock.instant()));
  }

  /** Opens everything in order. */
  static Foundation open(
      Lifecycle lifecycle, Configuration configuration, Path data, InstantSource clock)
      throws Exception {
    StorageSettings storage = configuration.storage();
    Database database = database(lifecycle, storage, data, clock);
    Node node = Node.register(database, configuration.node());
    var store = new MemoryStore(storage.memory());
    var ids = new SeriesIds(store, new SeriesIdBlocks(database));
    var replay = new JournalReplay(database, ids, store);
    JournalReplay.Result replayed = lifecycle.start("journal replay", replay::all);
    log.info("{} samples replayed from the journal", replayed.samples());
    PostgresJournal journal =
        lifecycle.keep(
            "journal",
            () ->
                new PostgresJournal(
                    database, node, ids, store, clock, PostgresJournal.Limits.DEFAULT));
    var chunks = new PostgresChunks(database);
    long replayedFrom = chunks.writtenUntil();
    long memoryMillis = storage.memory().retention().toMillis();
    var samplesFrom = new AtomicLong();
    var reader =
        new LayeredReader(
            store,
            () -> Math.max(replayedFrom, clock.millis() - memoryMillis),
            chunks,
            samplesFrom::get,
            new PostgresAggregates(database));
    Duration kept = storage.retention().samples();
    Chores.Chore look = () -> samplesFrom.set(chunks.writtenFrom(clock.instant(), kept));
    look.run();
    return new Foundation(
        database,
        node,
        lifecycle.keep("leadership", () -> new Leadership(database, node)),
        store,
        journal,
        new JournalCheckpoint(database, node, store, ids, journal, replay),
        reader,
        look,
        new MetricMetadata());
  }

  /** Takes samples out of everything opened here. */
  SampleDeletion deletion(InstantSource clock) {
    return new StoredSampleDeletion(database, store, checkpoint, clock);
  }

  /**
   * Upkeep of what is stored.
   *
   * @param givenUp counts our own samples that could not be saved
   */
  void upkeep(Chores chores, StorageSettings storage, InstantSource clock, DoubleConsumer givenUp) {
    chores.every(CHECKPOINT, "checkpoint", checkpoint::run);
    chores.every(LOOK, "early checkpoint", this::checkpointWhenMuchWaits);
    var rewrite = new BlockRewrite(database, storage.memory().retention());
    chores.every(
        UPKEEP, "block rewrite", () -> rewrite.run(clock.instant(), storage.retention().samples()));
    var unsaved = new UnsavedBound(store, journal::stats, storage, clock);
    chores.every(
        FORGET,
        "forgetting",
        () -> {
          store.forget(clock.millis());
          givenUp.accept((double) unsaved.keep());
        });
    chores.every(
        UPKEEP, "partitions", () -> database.maintain(storage.retention(), clock.instant()));
    chores.every(UPKEEP, "oldest samples", findOldest);
  }

  /** A back-fill brings in minutes what else comes in a day; neither memory nor journal hold it. */
  private void checkpointWhenMuchWaits() {
    if (store.unsavedSamples() > MOST_UNSAVED) {
      checkpoint.run();
    }
  }
}
