package io.tocsin.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import io.tocsin.series.LayeredReader;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesIds;
import io.tocsin.series.SeriesPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockRewriteTest {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final Labels LOAD = Labels.of("__name__", "load");
  private static final Labels UP = Labels.of("__name__", "up");

  private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
  private final long yesterday = today.minus(Duration.ofDays(1)).toEpochMilli();
  private final Instant later = today.plus(Duration.ofHours(12));
  private TestDatabase.Lease lease;
  private MemoryStore store;
  private PostgresJournal journal;
  private JournalCheckpoint checkpoint;
  private BlockRewrite rewrite;

  @BeforeEach
  void open() {
    lease = TestDatabase.create();
    var database = lease.database();
    var node = Node.register(database, "one");
    store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    var ids = new SeriesIds(store, new SeriesIdBlocks(database));
    var replay = new JournalReplay(database, ids, store);
    journal =
        new PostgresJournal(
            database, node, ids, store, InstantSource.system(), PostgresJournal.Limits.DEFAULT);
    checkpoint = new JournalCheckpoint(database, node, store, ids, journal, replay);
    rewrite = new BlockRewrite(database, Duration.ofHours(3));
  }

  @AfterEach
  void close() {
    journal.close();
    lease.close();
  }

  private void accept(SampleBatch batch) throws Exception {
    journal.accept(batch).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** Half a minute apart, with a checkpoint every ten minutes. */
  private void fill(int minutes) throws Exception {
    for (int minute = 0; minute < minutes; minute++) {
      long at = yesterday + minute * 60_000L;
      accept(
          SampleBatch.builder()
              .add(LOAD, at, minute)
              .add(UP, at, 1)
              .add(LOAD, at + 30_000, minute + 0.5)
              .build());
      if (minute % 10 == 9) {
        checkpoint.run();
      }
    }
  }

  private List<SeriesPoints> written() {
    var nothing = new MemoryStore(MemoryStore.Limits.DEFAULT);
    return new LayeredReader(nothing, () -> Long.MAX_VALUE, new PostgresChunks(lease.database()))
        .select(List.of(), yesterday - 1, later.toEpochMilli());
  }

  private long rows() {
    return lease
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("SELECT count(*) FROM sample_block").mapTo(Long.class).one());
  }

  @Test
  void aDayBecomesFewRowsThatSayTheSame() throws Exception {
    fill(100);
    List<SeriesPoints> before = written();
    long rows = rows();

    BlockRewrite.Result result = rewrite.run(later, RETENTION);

    assertThat(result).isEqualTo(new BlockRewrite.Result(1, rows, 2));
    assertThat(rows()).isEqualTo(2);
    assertThat(written()).usingRecursiveComparison().isEqualTo(before);
    assertThat(before.getFirst().size()).isEqualTo(200);
    assertThat(rewrite.run(later, RETENTION)).isEqualTo(new BlockRewrite.Result(0, 0, 0));
  }

  @Test
  void whatComesLaterForARewrittenDayCountsAndIsMergedTheNextTime() throws Exception {
    fill(10);
    rewrite.run(later, RETENTION);
    accept(SampleBatch.of(UP, yesterday + 9 * 60_000L, 0));
    checkpoint.run();
    assertThat(written().getLast().values()).endsWith(1, 0);

    BlockRewrite.Result result = rewrite.run(later, RETENTION);

    assertThat(result.rowsAfter()).isEqualTo(1);
    assertThat(rows()).isEqualTo(2);
    assertThat(written().getLast().values()).hasSize(10).endsWith(1, 0);
  }

  @Test
  void aDayThatReachesIntoMemoryIsLeftAlone() throws Exception {
    fill(10);

    assertThat(rewrite.run(today.plus(Duration.ofHours(3)), RETENTION).days()).isZero();
    assertThat(rewrite.run(today.plus(Duration.ofHours(5)), RETENTION).days()).isOne();
  }
}
