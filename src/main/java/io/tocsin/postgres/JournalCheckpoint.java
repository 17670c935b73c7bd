package io.tocsin.postgres;

import io.tocsin.label.Labels;
import io.tocsin.series.Checkpoint;
import io.tocsin.series.EncodedChunk;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SeriesIds;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Moves what the journal holds into blocks: labels into {@code series}, chunks into {@code
 * sample_block}, aggregates into {@code sample_5m}; then the journal's slices before it are
 * dropped. When any of it fails the journal stays and the next checkpoint brings everything again.
 */
public final class JournalCheckpoint {
  private static final int CHUNKS_AT_ONCE = 2_000;
  private static final Duration MARK = Duration.ofSeconds(30);

  /** How far a row of {@code series} may lag behind before it is written again. */
  private static final long STALE_MILLIS = Duration.ofHours(1).toMillis();

  /** Ids of series without samples for so long are forgotten. */
  private static final long FORGET_MILLIS = Duration.ofDays(1).toMillis();

  private final Database database;
  private final Node node;
  private final MemoryStore store;
  private final SeriesIds ids;
  private final PostgresJournal journal;
  private final JournalReplay replay;
  private final Rollup rollup;
  private final Map<Labels, Saved> saved = new HashMap<>();

  /** What {@code series} says of a series. */
  private record Saved(long id, long firstMillis, long lastMillis) {}

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
    forget();
    return result;
  }

  private Result write(Checkpoint checkpoint) {
    var page = new ArrayList<EncodedChunk>(CHUNKS_AT_ONCE);
    long[] written = new long[2];
    checkpoint.forEach(
        chunk -> {
          page.add(chunk);
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

  private void write(List<EncodedChunk> page) {
    if (page.isEmpty()) {
      return;
    }
    var chunks = new ArrayList<PostgresChunks.Numbered>(page.size());
    var rows = new HashMap<Long, SeriesTable.Row>();
    for (EncodedChunk chunk : page) {
      long id = ids.idOf(chunk.labels());
      chunks.add(new PostgresChunks.Numbered(id, chunk));
      if (needsRow(id, chunk)) {
        rows.merge(id, row(id, chunk), JournalCheckpoint::spanning);
      }
    }
    database
        .jdbi()
        .useTransaction(
            handle -> {
              SeriesTable.save(handle, List.copyOf(rows.values()));
              PostgresChunks.write(handle, chunks);
            });
    rows.values()
        .forEach(
            row ->
                saved.put(row.labels(), new Saved(row.id(), row.firstMillis(), row.lastMillis())));
  }

  /** The row may run ahead of the chunks by {@link #STALE_MILLIS}, so that it is seldom written. */
  private static SeriesTable.Row row(long id, EncodedChunk chunk) {
    return new SeriesTable.Row(
        id, chunk.labels(), chunk.startMillis(), chunk.endMillis() + STALE_MILLIS);
  }

  private static SeriesTable.Row spanning(SeriesTable.Row a, SeriesTable.Row b) {
    return new SeriesTable.Row(
        a.id(),
        a.labels(),
        Math.min(a.firstMillis(), b.firstMillis()),
        Math.max(a.lastMillis(), b.lastMillis()));
  }

  private boolean needsRow(long id, EncodedChunk chunk) {
    Saved known = saved.get(chunk.labels());
    return known == null
        || known.id != id
        || chunk.startMillis() < known.firstMillis
        || chunk.endMillis() > known.lastMillis;
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
    } catch (SQLException failed) {
      throw new CompletionException(failed);
    }
  }

  private void forget() {
    long newest = saved.values().stream().mapToLong(Saved::lastMillis).max().orElse(0);
    if (saved.values().removeIf(known -> known.lastMillis < newest - FORGET_MILLIS)) {
      ids.retain(saved::containsKey);
    }
  }
}
