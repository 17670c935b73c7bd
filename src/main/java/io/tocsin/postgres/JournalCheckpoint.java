package io.tocsin.postgres;

import io.tocsin.series.Checkpoint;
import io.tocsin.series.EncodedChunk;
import io.tocsin.series.MemorySeries;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SeriesIds;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what the journal holds into blocks: labels into {@code series}, chunks into {@code
 * sample_block}, aggregates into {@code sample_5m}; then the journal's slices before it are
 * dropped. When any of it fails the journal stays and the next checkpoint brings everything again.
 */
public final class JournalCheckpoint {
  private static final Logger log = LoggerFactory.getLogger(JournalCheckpoint.class);
  private static final int CHUNKS_AT_ONCE = 2_000;
  private static final Duration MARK = Duration.ofSeconds(30);

  /** How far a row of {@code series} may lag behind before it is written again. */
  private static final long STALE_MILLIS = Duration.ofHours(1).toMillis();

  private static final long MINUTE = 60_000;

  private final Database database;
  private final Node node;
  private final MemoryStore store;
  private final SeriesIds ids;
  private final PostgresJournal journal;
  private final JournalReplay replay;
  private final Rollup rollup;

  /** A chunk to be written. */
  private record Unwritten(MemorySeries series, EncodedChunk chunk) {}

  /** What a checkpoint wrote. */
  public record Result(int series, long chunks, long samples) {}

  public JournalCheckpoint(
      Database database,
      Node node,
      MemoryStore store,
      SeriesIds ids,
      PostgresJournal journal,
      JournalReplay replay) {
    this.database = database;
    this.node = node;
    this.store = store;
    this.ids = ids;
    this.journal = journal;
    this.replay = replay;
    this.rollup = new Rollup(database);
  }

  /** Takes a checkpoint and writes it. Blocks: a virtual thread, every ten minutes. */
  public synchronized Result run() {
    Map<Integer, Long> covered = new HashMap<>(replay.positions());
    var marked =
        journal.mark(store::checkpoint).orTimeout(MARK.toMillis(), TimeUnit.MILLISECONDS).join();
    covered.put(node.id(), marked.seq());
    Checkpoint checkpoint = marked.snapshot();
    Result result;
    try {
      result = write(checkpoint);
      cover(covered);
    } catch (RuntimeException failed) {
      checkpoint.failed();
      throw failed;
    }
    rollup.run();
    return result;
  }

  private Result write(Checkpoint checkpoint) {
    var page = new ArrayList<Unwritten>(CHUNKS_AT_ONCE);
    long[] written = new long[2];
    checkpoint.forEach(
        (series, chunk) -> {
          page.add(new Unwritten(series, chunk));
          written[0]++;
          written[1] += chunk.count();
          if (page.size() == CHUNKS_AT_ONCE) {
            write(page);
            page.clear();
          }
        });
    write(page);
    return new Result(checkpoint.series(), written[0], written[1]);
  }

  private void write(List<Unwritten> page) {
    if (page.isEmpty()) {
      return;
    }
    var chunks = new ArrayList<PostgresChunks.Numbered>(page.size());
    var rows = new HashMap<MemorySeries, SeriesTable.Row>();
    for (Unwritten one : page) {
      long id = ids.idOf(one.series);
      chunks.add(new PostgresChunks.Numbered(id, one.chunk));
      if (!one.series.listed(one.chunk.startMillis(), one.chunk.endMillis())) {
        rows.merge(one.series, row(id, one.chunk), JournalCheckpoint::spanning);
      }
    }
    database
        .jdbi()
        .useTransaction(
            handle -> {
              SeriesTable.save(handle, List.copyOf(rows.values()));
              PostgresChunks.write(handle, chunks);
            });
    rows.forEach((series, row) -> series.list(row.firstMillis(), row.lastMillis()));
  }

  /** The row may run ahead of the chunks by {@link #STALE_MILLIS}, so that it is seldom written. */
  private static SeriesTable.Row row(long id, EncodedChunk chunk) {
    return new SeriesTable.Row(
        id,
        chunk.labels(),
        Math.floorDiv(chunk.startMillis(), MINUTE) * MINUTE,
        chunk.endMillis() + STALE_MILLIS);
  }

  private static SeriesTable.Row spanning(SeriesTable.Row a, SeriesTable.Row b) {
    return new SeriesTable.Row(
        a.id(),
        a.labels(),
        Math.min(a.firstMillis(), b.firstMillis()),
        Math.max(a.lastMillis(), b.lastMillis()));
  }

  /** From here on the blocks speak for these entries of the journal. */
  private void cover(Map<Integer, Long> covered) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              for (var position : covered.entrySet()) {
                handle.execute(
                    "UPDATE node SET checkpoint_seq = greatest(checkpoint_seq, ?) WHERE id = ?",
                    position.getValue(),
                    position.getKey());
              }
            });
    try (var connection = database.dedicated(MARK)) {
      for (var position : covered.entrySet()) {
        JournalTable.dropSlices(connection, position.getKey(), position.getValue());
      }
    } catch (SQLException busy) {
      log.info("the journal keeps what blocks hold until the next checkpoint: {}", busy.toString());
    }
  }
}
