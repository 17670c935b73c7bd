package io.tocsin.postgres;

import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.Journal;
import io.tocsin.series.LayeredReader;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesIds;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesStore.AppendResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresJournalTest {
  /**
   * An hour ago, at a full five minutes: TimescaleDB drops by its own clock what is past retention.
   */
  private static final long T0 = System.currentTimeMillis() / 300_000 * 300_000 - 3_600_000;

  private static final List<Matcher> ALL = List.of();

  private TestDatabase.Lease lease;
  private Run run;

  /** One life of a process on the database. */
  private final class Run implements AutoCloseable {
    final MemoryStore store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    final Node node = Node.register(lease.database(), "one");
    final SeriesIds ids = new SeriesIds(store, new SeriesIdBlocks(lease.database()));
    final JournalReplay replay = new JournalReplay(lease.database(), ids, store);
    final JournalReplay.Result replayed = replay.all();
    final PostgresJournal journal;
    final JournalCheckpoint checkpoint;
    final PostgresChunks chunks = new PostgresChunks(lease.database());

    Run(PostgresJournal.Limits limits) {
      journal =
          new PostgresJournal(lease.database(), node, ids, store, InstantSource.system(), limits);
      checkpoint = new JournalCheckpoint(lease.database(), node, store, ids, journal, replay);
    }

    List<SeriesPoints> all() {
      return new LayeredReader(store, () -> Long.MAX_VALUE, chunks)
          .select(ALL, T0 - 1, T0 + 100_000_000);
    }

    @Override
    public void close() {
      journal.close();
    }
  }

  @BeforeEach
  void start() {
    lease = TestDatabase.create();
    run = new Run(PostgresJournal.Limits.DEFAULT);
  }

  @AfterEach
  void stop() {
    run.close();
    lease.close();
  }

  private void restart() {
    run.close();
    run = new Run(PostgresJournal.Limits.DEFAULT);
  }

  private static Labels series(int i) {
    return Labels.of("__name__", "load", "host", "h" + i);
  }

  private static SampleBatch batch(int hosts, long at, double value) {
    var batch = SampleBatch.builder();
    for (int i = 0; i < hosts; i++) {
      batch.add(series(i), at, value + i);
    }
    return batch.build();
  }

  private AppendResult accept(SampleBatch batch) throws Exception {
    return run.journal.accept(batch).toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static String texts(List<SeriesPoints> points) {
    var text = new StringBuilder();
    for (SeriesPoints series : points) {
      text.append(series.labels()).append(' ');
      for (int i = 0; i < series.size(); i++) {
        text.append(series.timestamps()[i] - T0).append('=').append(series.values()[i]).append(' ');
      }
    }
    return text.toString();
  }

  private int count(String table) {
    return lease
        .database()
        .jdbi()
        .withHandle(h -> h.createQuery("SELECT count(*) FROM " + table).mapTo(Integer.class).one());
  }

  @Test
  void whatWasAcceptedIsReadableAndSurvivesARestart() throws Exception {
    assertThat(accept(batch(3, T0, 1))).isEqualTo(new AppendResult(3, 0));
    assertThat(accept(batch(2, T0 + 1000, 5))).isEqualTo(new AppendResult(2, 0));
    String before = texts(run.store.select(ALL, T0 - 1, T0 + 10_000));
    restart();
    assertThat(run.replayed).isEqualTo(new JournalReplay.Result(2, 5, 0));
    assertThat(texts(run.store.select(ALL, T0 - 1, T0 + 10_000))).isEqualTo(before);
    assertThat(run.ids.known(series(0))).isPresent();
  }

  @Test
  void ourOwnSamplesAreReadableAtOnceAndJournaledBehind() {
    run.journal.observe(batch(1, T0, 7));
    assertThat(texts(run.store.select(ALL, T0 - 1, T0))).contains("0=7.0");
    restart();
    assertThat(texts(run.store.select(ALL, T0 - 1, T0))).contains("0=7.0");
    assertThat(run.journal.stats().droppedSamples()).isZero();
  }

  @Test
  void waitingBatchesShareOneCommit() throws Exception {
    var answers = new ArrayList<CompletableFuture<AppendResult>>();
    for (int i = 0; i < 200; i++) {
      answers.add(run.journal.accept(batch(1, T0 + i, i)).toCompletableFuture());
    }
    CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0])).get(20, TimeUnit.SECONDS);
    assertThat(run.journal.stats().commits()).isLessThan(200);
    assertThat(run.journal.stats().samples()).isEqualTo(200);
    assertThat(run.store.select(ALL, T0 - 1, T0 + 1000).getFirst().size()).isEqualTo(200);
  }

  @Test
  void aFullQueueRefusesAndKeepsNothing() throws Exception {
    run.close();
    run = new Run(new PostgresJournal.Limits(10, 50_000));
    var first = new ArrayList<CompletableFuture<AppendResult>>();
    for (int i = 0; i < 500; i++) {
      first.add(run.journal.accept(batch(10, T0 + i, i)).toCompletableFuture());
    }
    int refused = 0;
    for (CompletableFuture<AppendResult> answer : first) {
      try {
        answer.get(20, TimeUnit.SECONDS);
      } catch (ExecutionException full) {
        assertThat(full).hasCauseInstanceOf(Journal.JournalFull.class);
        refused++;
      }
    }
    assertThat(refused).isPositive();
    assertThat(run.journal.stats().samples()).isEqualTo((500 - refused) * 10L);
  }

  @Test
  void aCheckpointMovesTheJournalIntoBlocksAndLosesNothing() throws Exception {
    accept(batch(3, T0, 1));
    accept(batch(3, T0 + 60_000, 2));
    var result = run.checkpoint.run();
    assertThat(result).isEqualTo(new JournalCheckpoint.Result(3, 3, 6));
    assertThat(count("journal")).isZero();
    assertThat(count("series")).isEqualTo(3);
    accept(batch(3, T0 + 120_000, 3));
    String before = texts(run.all());
    restart();
    assertThat(run.replayed.samples()).isEqualTo(3);
    assertThat(texts(run.all())).isEqualTo(before).contains("0=1.0 60000=2.0 120000=3.0");
  }

  @Test
  void ofOverlappingChunksTheLastEntryWins() throws Exception {
    accept(batch(1, T0, 1));
    accept(batch(1, T0 + 60_000, 2));
    run.checkpoint.run();
    accept(batch(1, T0, 10));
    run.checkpoint.run();
    restart();
    assertThat(run.replayed.entries()).isZero();
    assertThat(texts(run.all())).endsWith("0=10.0 60000=2.0 ");
    assertThat(run.chunks.series(List.of(Matcher.equal("host", "h0")), T0, T0 + 1))
        .containsExactly(series(0));
    assertThat(run.chunks.series(List.of(Matcher.equal("host", "h9")), T0, T0 + 1)).isEmpty();
  }

  @Test
  void fiveMinutesAreAggregatedHoweverChunksWereCut() throws Exception {
    for (int minute = 0; minute < 12; minute++) {
      accept(batch(1, T0 + minute * 60_000L, minute));
      if (minute % 3 == 1) {
        run.checkpoint.run();
      }
      if (minute == 6) {
        restart();
      }
    }
    run.checkpoint.run();
    List<String> rows =
        lease
            .database()
            .jdbi()
            .withHandle(
                h ->
                    h.createQuery(
                            "SELECT concat_ws(' ', avg, min, max, count) FROM sample_5m ORDER BY"
                                + " at")
                        .mapTo(String.class)
                        .list());
    assertThat(rows).containsExactly("2 0 4 5", "7 5 9 5", "10.5 10 11 2");
  }

  @Test
  void aLostConnectionRefusesAtOnceAndComesBack() throws Exception {
    accept(batch(1, T0, 1));
    terminate();
    var answer = run.journal.accept(batch(1, T0 + 1, 2)).toCompletableFuture();
    assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(Journal.JournalUnavailable.class);
    run.journal.observe(batch(1, T0 + 2, 3));
    eventually(Duration.ofSeconds(20), () -> assertThat(run.journal.stats().available()).isTrue());
    accept(batch(1, T0 + 3, 4));
    assertThat(run.journal.stats().failures()).isEqualTo(1);
    restart();
    assertThat(texts(run.all())).contains("0=1.0").contains("2=3.0 3=4.0").doesNotContain("1=2.0");
  }

  private void terminate() {
    lease
        .database()
        .jdbi()
        .useHandle(
            h ->
                h.createQuery(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                        """)
                    .mapTo(Boolean.class)
                    .list());
  }

  @Test
  void nothingIsWrittenOnceClosed() {
    run.journal.close();
    assertThat(run.journal.accept(batch(1, T0, 1)).toCompletableFuture())
        .isCompletedExceptionally();
  }

  @Test
  void idsStayTheSameAcrossRestarts() throws Exception {
    accept(batch(2, T0, 1));
    run.checkpoint.run();
    long id = run.ids.idOf(series(0));
    restart();
    run.store.append(SampleBatch.EMPTY);
    assertThat(run.ids.known(series(1))).isPresent();
    assertThat(run.ids.idOf(series(0))).isEqualTo(id);
  }
}
