package io.tocsin.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.LayeredReader;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesIds;
import io.tocsin.series.SeriesPoints;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredSampleDeletionTest {
  /** An hour ago, at a full five minutes. */
  private static final long T0 = System.currentTimeMillis() / 300_000 * 300_000 - 3_600_000;

  private static final long MINUTE = 60_000;
  private static final Matcher LOAD = Matcher.equal(Labels.NAME, "load");

  private TestDatabase.Lease lease;
  private MemoryStore store;
  private PostgresJournal journal;
  private JournalCheckpoint checkpoint;
  private PostgresChunks chunks;
  private StoredSampleDeletion deletion;

  @BeforeEach
  void start() throws Exception {
    lease = TestDatabase.create();
    open();
    for (int minute = 0; minute < 20; minute++) {
      var batch = SampleBatch.builder();
      for (String host : List.of("a", "b")) {
        batch.add(Labels.of("__name__", "load", "host", host), T0 + minute * MINUTE, minute);
      }
      journal.accept(batch.build()).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  private void open() {
    store = new MemoryStore(MemoryStore.Limits.DEFAULT);
    Node node = Node.register(lease.database(), "one");
    var ids = new SeriesIds(store, new SeriesIdBlocks(lease.database()));
    var replay = new JournalReplay(lease.database(), ids, store);
    replay.all();
    InstantSource clock = InstantSource.system();
    journal =
        new PostgresJournal(
            lease.database(), node, ids, store, clock, PostgresJournal.Limits.DEFAULT);
    checkpoint = new JournalCheckpoint(lease.database(), node, store, ids, journal, replay);
    chunks = new PostgresChunks(lease.database());
    deletion = new StoredSampleDeletion(lease.database(), store, checkpoint, clock);
  }

  @AfterEach
  void stop() {
    journal.close();
    lease.close();
  }

  private List<SeriesPoints> everything() {
    return new LayeredReader(store, () -> Long.MAX_VALUE, chunks)
        .select(List.of(LOAD), T0 - 1, T0 + 100 * MINUTE);
  }

  private static long[] minutes(SeriesPoints series) {
    return Arrays.stream(series.timestamps()).map(at -> (at - T0) / MINUTE).toArray();
  }

  @Test
  void samplesOfATimeAreGoneFromMemoryAndBlocksAndStayGone() {
    deletion.delete(
        List.of(List.of(LOAD, Matcher.equal("host", "a"))), T0 + 3 * MINUTE, T0 + 16 * MINUTE);
    assertThat(everything()).hasSize(2);
    assertThat(minutes(everything().getFirst())).containsExactly(0, 1, 2, 17, 18, 19);
    assertThat(everything().getLast().size()).isEqualTo(20);
    journal.close();
    open();
    assertThat(minutes(everything().getFirst())).containsExactly(0, 1, 2, 17, 18, 19);
  }

  @Test
  void aggregatesCountWhatIsLeft() {
    deletion.delete(List.of(List.of(LOAD)), T0 + 3 * MINUTE, T0 + 16 * MINUTE);
    List<Long> counts =
        lease
            .database()
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("SELECT count FROM sample_5m ORDER BY series_id, at")
                        .mapTo(Long.class)
                        .list());
    assertThat(counts).containsExactly(3L, 3L, 3L, 3L);
  }

  @Test
  void aSeriesOfWhichNothingIsLeftTakesSamplesAgain() throws Exception {
    deletion.delete(List.of(List.of(LOAD)), Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(everything()).isEmpty();
    assertThat(store.stats().series()).isZero();
    journal
        .accept(SampleBatch.of(Labels.of("__name__", "load", "host", "a"), T0 + 5 * MINUTE, 7))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    assertThat(minutes(everything().getFirst())).containsExactly(5);
  }

  @Test
  void deletingWhatIsNotThereChangesNothing() {
    deletion.delete(List.of(List.of(Matcher.equal("host", "z"))), T0, T0 + 100 * MINUTE);
    deletion.delete(List.of(List.of(LOAD)), T0 + 50 * MINUTE, T0 + 60 * MINUTE);
    assertThat(everything()).allMatch(series -> series.size() == 20);
  }
}
