package io.tocsin.postgres;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.EncodedChunk;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleDeletion;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes samples wherever this node keeps them. A checkpoint comes first, so that nothing is left
 * in the journal; then chunks are written anew without the samples, and memory drops them. Other
 * nodes of the same database keep what their memory holds until it is old.
 */
public final class StoredSampleDeletion implements SampleDeletion {
  private static final Logger log = LoggerFactory.getLogger(StoredSampleDeletion.class);
  private static final int SERIES_AT_ONCE = 200;

  private final Database database;
  private final MemoryStore store;
  private final JournalCheckpoint checkpoint;
  private final InstantSource clock;

  private record Row(long id, Instant end, long written, EncodedChunk chunk) {}

  public StoredSampleDeletion(
      Database database, MemoryStore store, JournalCheckpoint checkpoint, InstantSource clock) {
    this.database = database;
    this.store = store;
    this.checkpoint = checkpoint;
    this.clock = clock;
  }

  @Override
  public synchronized void delete(List<List<Matcher>> matcherSets, long fromMillis, long toMillis) {
    checkpoint.run();
    var series = new LinkedHashMap<Long, Labels>();
    for (List<Matcher> matchers : matcherSets) {
      series.putAll(
          database
              .jdbi()
              .withHandle(handle -> SeriesTable.find(handle, matchers, fromMillis, toMillis)));
    }
    var ids = new ArrayList<>(series.keySet());
    for (int i = 0; i < ids.size(); i += SERIES_AT_ONCE) {
      List<Long> some = ids.subList(i, Math.min(ids.size(), i + SERIES_AT_ONCE));
      database.jdbi().useTransaction(handle -> delete(handle, some, series, fromMillis, toMillis));
    }
    long inMemory = store.delete(matcherSets, fromMillis, toMillis, clock.millis());
    log.info("deleted samples of {} stored series and {} in memory", ids.size(), inMemory);
  }

  private static void delete(
      Handle handle, List<Long> ids, Map<Long, Labels> series, long from, long to) {
    // As where days are rewritten: nobody else writes blocks meanwhile.
    handle.execute("LOCK TABLE sample_block IN SHARE ROW EXCLUSIVE MODE");
    for (Row row : rows(handle, ids, series, from, to)) {
      Optional<EncodedChunk> rest = row.chunk.without(from, to);
      if (rest.filter(row.chunk::equals).isPresent()) {
        continue;
      }
      handle.execute(
          "DELETE FROM sample_block WHERE series_id = ? AND end_at = ? AND written = ?",
          row.id,
          row.end.atOffset(ZoneOffset.UTC),
          row.written);
      rest.ifPresent(chunk -> insert(handle, row, chunk));
    }
    Rollup.refill(handle, ids, from, to);
  }

  private static List<Row> rows(
      Handle handle, List<Long> ids, Map<Long, Labels> series, long from, long to) {
    return handle
        .createQuery(
            """
            SELECT series_id, start_at, end_at, written, count, bytes FROM sample_block
            WHERE series_id = ANY(:ids) AND end_at >= to_timestamp(:from / 1000.0)
              AND start_at <= to_timestamp(:to / 1000.0)
            """)
        .bindArray("ids", Long.class, List.copyOf(ids))
        .bind("from", Times.clamp(from))
        .bind("to", Times.clamp(to))
        .map(
            (row, context) ->
                new Row(
                    row.getLong("series_id"),
                    row.getTimestamp("end_at").toInstant(),
                    row.getLong("written"),
                    EncodedChunk.of(
                        series.getOrDefault(row.getLong("series_id"), Labels.EMPTY),
                        row.getBytes("bytes"))))
        .list();
  }

  /** In the place of the row, under its number, so that the order of writing stays. */
  private static void insert(Handle handle, Row row, EncodedChunk chunk) {
    handle
        .createUpdate(
            """
            INSERT INTO sample_block (series_id, start_at, end_at, written, count, bytes)
            VALUES (:id, to_timestamp(:start / 1000.0), to_timestamp(:end / 1000.0), :written,
              :count, :bytes)
            """)
        .bind("id", row.id)
        .bind("start", Times.clamp(chunk.startMillis()))
        .bind("end", Times.clamp(chunk.endMillis()))
        .bind("written", row.written)
        .bind("count", chunk.count())
        .bind("bytes", chunk.bytes())
        .execute();
  }
}
