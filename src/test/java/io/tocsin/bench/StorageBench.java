package io.tocsin.bench;

import io.tocsin.label.Labels;
import io.tocsin.postgres.BlockRewrite;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.JournalCheckpoint;
import io.tocsin.postgres.JournalReplay;
import io.tocsin.postgres.Node;
import io.tocsin.postgres.PostgresJournal;
import io.tocsin.postgres.SeriesIdBlocks;
import io.tocsin.postgres.TestDatabase;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesIds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Bytes per sample on disk: a day of a fleet's samples every 10 seconds (by {@link Universe}: of 50
 * series 42 counters, 7 gauges, one constant) through the journal, a checkpoint every ten minutes
 * and the nightly rewrite. Then the time to replay a journal of a million samples. Arguments:
 * number of series (default 1,000), hours (default 24).
 */
public final class StorageBench {
  private static final long STEP = 10_000;
  private static final int JOBS = 20;

  private StorageBench() {}

  public static void main(String[] arguments) throws Exception {
    int series = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
    int hours = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 24;
    try (var lease = TestDatabase.create()) {
      disk(lease.database(), new Fleet(series), hours);
    }
    try (var lease = TestDatabase.create()) {
      replay(lease.database(), new Fleet(2_000));
    }
    System.exit(0);
  }

  /** One node's way from the journal to blocks. */
  private record Writer(MemoryStore store, PostgresJournal journal, JournalCheckpoint checkpoint) {
    static Writer open(Database database) {
      Node node = Node.register(database, "bench");
      var store = new MemoryStore(MemoryStore.Limits.DEFAULT);
      var ids = new SeriesIds(store, new SeriesIdBlocks(database));
      var journal =
          new PostgresJournal(
              database, node, ids, store, InstantSource.system(), PostgresJournal.Limits.DEFAULT);
      var replay = new JournalReplay(database, ids, store);
      return new Writer(
          store, journal, new JournalCheckpoint(database, node, store, ids, journal, replay));
    }

    void accept(SampleBatch batch) throws Exception {
      journal.accept(batch).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private static void disk(Database database, Fleet fleet, int hours) throws Exception {
    Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));
    Writer writer = Writer.open(database);
    long samples = 0;
    long began = System.nanoTime();
    for (long at = 0; at < hours * 3_600_000L; at += STEP) {
      SampleBatch batch = fleet.at(day.toEpochMilli() + at);
      writer.accept(batch);
      samples += batch.size();
      if ((at + STEP) % 600_000 == 0) {
        writer.checkpoint.run();
        writer.store.forget(day.toEpochMilli() + at);
      }
    }
    writer.checkpoint.run();
    double took = (System.nanoTime() - began) / 1e9;
    print("as checkpoints wrote it", samples, size(database, "sample_block"));
    began = System.nanoTime();
    BlockRewrite.Result result =
        new BlockRewrite(database, Duration.ofHours(3))
            .run(day.plus(Duration.ofDays(2)), Duration.ofDays(30));
    double rewrite = (System.nanoTime() - began) / 1e9;
    print("after the nightly rewrite", samples, size(database, "sample_block"));
    print("five-minute aggregates", samples, size(database, "sample_5m"));
    print("labels", samples, size(database, "series"));
    System.out.printf(
        Locale.ROOT,
        "%,d samples written in %.1f s; %,d rows became %,d in %.1f s%n",
        samples,
        took,
        result.rowsBefore(),
        result.rowsAfter(),
        rewrite);
    writer.journal.close();
  }

  private static void print(String what, long samples, long bytes) {
    System.out.printf(
        Locale.ROOT, "%-26s %,14d bytes, %.2f a sample%n", what, bytes, bytes / (double) samples);
  }

  /** With partitions, indexes and what is stored out of line. */
  private static long size(Database database, String table) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT coalesce(
                          (SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree(:table)),
                          pg_total_relation_size(:table))
                        """)
                    .bind("table", table)
                    .mapTo(Long.class)
                    .one());
  }

  private static void replay(Database database, Fleet fleet) throws Exception {
    Writer writer = Writer.open(database);
    long at = System.currentTimeMillis() - 5_000_000;
    for (int i = 0; i < 500; i++) {
      writer.accept(fleet.at(at + i * STEP));
    }
    writer.journal.close();
    var store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    var ids = new SeriesIds(store, new SeriesIdBlocks(database));
    long began = System.nanoTime();
    JournalReplay.Result result = new JournalReplay(database, ids, store).all();
    System.out.printf(
        Locale.ROOT,
        "%,d samples of %,d series replayed from the journal in %.2f s%n",
        result.samples(),
        store.stats().series(),
        (System.nanoTime() - began) / 1e9);
  }

  /** Values that move as a fleet's do: counters by a rate with jitter, gauges at random. */
  private static final class Fleet {
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Labels> labels;
    private final double[] rate;
    private final double[] value;

    Fleet(int series) {
      labels = IntStream.range(0, series).mapToObj(i -> Universe.labels(i, JOBS)).toList();
      rate = new double[series];
      value = new double[series];
      for (int i = 0; i < series; i++) {
        rate[i] = random.nextDouble(0.01, 40) / (1 + i % 9);
      }
    }

    SampleBatch at(long millis) {
      var batch = SampleBatch.builder(labels.size());
      for (int i = 0; i < value.length; i++) {
        batch.add(labels.get(i), millis, next(i));
      }
      return batch.build();
    }

    private double next(int i) {
      int kind = i % Universe.PER_INSTANCE;
      if (kind < 42) {
        value[i] += Math.floor(rate[i] * STEP / 1_000 * random.nextDouble(0, 2));
      } else if (kind < 44) {
        value[i] = Math.floor(5e10 + 1e8 * random.nextDouble(-1, 1));
      } else if (kind < 46) {
        value[i] += Math.floor(1e5 * random.nextDouble(-1, 1)) * 4096;
      } else if (kind < 49) {
        value[i] = Math.floor(40 + 30 * random.nextDouble(-1, 1));
      } else {
        value[i] = 1;
      }
      return value[i];
    }
  }
}
