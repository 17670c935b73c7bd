package io.tocsin.postgres;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.Allowance;
import io.tocsin.series.ChunkSource;
import io.tocsin.series.EncodedChunk;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;

/** Chunks that checkpoints wrote to {@code sample_block}. Calls block: virtual threads only. */
public final class PostgresChunks implements ChunkSource {
  /** Of half a kilobyte to five each. */
  private static final int ROWS_AT_ONCE = 1_000;

  private final Database database;

  public PostgresChunks(Database database) {
    this.database = database;
  }

  /** A chunk to be written under the id of its series. */
  record Numbered(long id, EncodedChunk chunk) {}

  /** Writes chunks in this order; of overlapping ones the later counts. */
  static void write(Handle handle, List<Numbered> chunks) {
    handle
        .createUpdate(
            """
            INSERT INTO sample_block (series_id, start_at, end_at, count, bytes)
            SELECT id, to_timestamp(first / 1000.0), to_timestamp(last / 1000.0), count, bytes
            FROM unnest(:ids, :first, :last, :counts, :bytes)
              WITH ORDINALITY AS new (id, first, last, count, bytes, position)
            ORDER BY position
            """)
        .bindArray("ids", Long.class, column(chunks, Numbered::id))
        .bindArray("first", Long.class, column(chunks, c -> Times.clamp(c.chunk.startMillis())))
        .bindArray("last", Long.class, column(chunks, c -> Times.clamp(c.chunk.endMillis())))
        .bindArray("counts", Integer.class, column(chunks, c -> c.chunk.count()))
        .bind("bytes", bytes(chunks))
        .execute();
  }

  private static <T> List<T> column(List<Numbered> chunks, Function<Numbered, T> value) {
    return chunks.stream().map(value).toList();
  }

  private static Argument bytes(List<Numbered> chunks) {
    byte[][] bytes = column(chunks, c -> c.chunk.bytes()).toArray(new byte[0][]);
    return (position, statement, context) ->
        statement.setArray(position, statement.getConnection().createArrayOf("bytea", bytes));
  }

  @Override
  public List<EncodedChunk> chunks(List<Matcher> matchers, long fromMillis, long toMillis) {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              Map<Long, Labels> series = SeriesTable.find(handle, matchers, fromMillis, toMillis);
              return read(handle, series, fromMillis, toMillis);
            });
  }

  @Override
  public void each(
      List<Matcher> matchers,
      long fromMillis,
      long toMillis,
      Allowance allowance,
      Consumer<EncodedChunk> sink) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              Map<Long, Labels> series =
                  SeriesTable.find(handle, matchers, fromMillis, toMillis, allowance);
              each(handle, series, fromMillis, toMillis, sink);
            });
  }

  /**
   * The beginning of the first day of which there are samples, milliseconds; that of today when
   * there are none.
   *
   * @param retention how long samples are kept at least
   */
  public long writtenFrom(Instant now, Duration retention) {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
              LocalDate day = LocalDate.ofInstant(now.minus(retention), ZoneOffset.UTC);
              while (day.isBefore(today) && !written(handle, day)) {
                day = day.plusDays(1);
              }
              return start(day).toEpochMilli();
            });
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static boolean written(Handle handle, LocalDate day) {
    return handle
        .createQuery(
            "SELECT EXISTS (SELECT FROM sample_block WHERE end_at >= :from AND end_at < :to)")
        .bind("from", start(day))
        .bind("to", start(day.plusDays(1)))
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * The newest timestamp in any chunk, milliseconds; {@link Long#MIN_VALUE} when there is none.
   * What lies after it at the start, after the replay, is in memory alone.
   */
  public long writtenUntil() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT max(end_at) FROM sample_block")
                    .mapTo(Instant.class)
                    .findOne()
                    .map(Instant::toEpochMilli)
                    .orElse(Long.MIN_VALUE));
  }

  /** The chunks of series that reach into a time, in order of writing. */
  static List<EncodedChunk> read(
      Handle handle, Map<Long, Labels> series, long fromMillis, long toMillis) {
    var chunks = new ArrayList<EncodedChunk>();
    each(handle, series, fromMillis, toMillis, chunks::add);
    return chunks;
  }

  /** The same one by one; in a transaction they are read as they come. */
  private static void each(
      Handle handle,
      Map<Long, Labels> series,
      long fromMillis,
      long toMillis,
      Consumer<EncodedChunk> sink) {
    if (series.isEmpty()) {
      return;
    }
    handle
        .createQuery(
            """
            SELECT series_id, start_at, end_at, count, bytes FROM sample_block
            WHERE series_id = ANY(:ids) AND end_at >= to_timestamp(:from / 1000.0)
              AND start_at <= to_timestamp(:to / 1000.0)
            ORDER BY written
            """)
        .setFetchSize(ROWS_AT_ONCE)
        .bindArray("ids", Long.class, List.copyOf(series.keySet()))
        .bind("from", Times.clamp(fromMillis))
        .bind("to", Times.clamp(toMillis))
        .map(
            (row, context) ->
                new EncodedChunk(
                    series.getOrDefault(row.getLong("series_id"), Labels.EMPTY),
                    row.getTimestamp("start_at").getTime(),
                    row.getTimestamp("end_at").getTime(),
                    row.getInt("count"),
                    row.getBytes("bytes")))
        .forEach(sink);
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long fromMillis, long toMillis) {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              Map<Long, Labels> series = SeriesTable.find(handle, matchers, fromMillis, toMillis);
              var alive = new LinkedHashSet<Labels>();
              handle
                  .createQuery(
                      """
                      SELECT DISTINCT series_id FROM sample_block
                      WHERE series_id = ANY(:ids) AND end_at >= to_timestamp(:from / 1000.0)
                        AND start_at <= to_timestamp(:to / 1000.0)
                      """)
                  .bindArray("ids", Long.class, List.copyOf(series.keySet()))
                  .bind("from", Times.clamp(fromMillis))
                  .bind("to", Times.clamp(toMillis))
                  .mapTo(Long.class)
                  .forEach(id -> alive.add(series.getOrDefault(id, Labels.EMPTY)));
              return List.copyOf(alive);
            });
  }
}
