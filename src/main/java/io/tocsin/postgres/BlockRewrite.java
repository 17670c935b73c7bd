package io.tocsin.postgres;

import io.tocsin.label.Labels;
import io.tocsin.series.EncodedChunk;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rewrites the blocks of days past: each series' rows, which overlap and repeat each other as
 * checkpoints wrote them, become few large ones without overlap. Rows that come later for the same
 * day are merged the next time. A merged row keeps the highest place in the order of writing of
 * those it replaces, so what comes later still counts.
 */
public final class BlockRewrite {
  private static final Logger log = LoggerFactory.getLogger(BlockRewrite.class);

  /** Samples in a row: eight hours at ten seconds, about five kilobytes. */
  private static final int ROW = 2_880;

  private static final int SERIES_AT_ONCE = 200;
  private static final Duration SETTLED = Duration.ofHours(1);
  private static final Duration VACUUM = Duration.ofMinutes(10);

  private final Database database;
  private final Duration memory;

  /**
   * @param memory how long samples are also in memory; days that reach into it are left alone
   */
  public BlockRewrite(Database database, Duration memory) {
    this.database = database;
    this.memory = memory;
  }

  /** How many rows of how many days became how many. */
  public record Result(int days, long rowsBefore, long rowsAfter) {
    private static final Result NOTHING = new Result(0, 0, 0);

    private Result with(Result other) {
      return new Result(
          days + other.days, rowsBefore + other.rowsBefore, rowsAfter + other.rowsAfter);
    }
  }

  private record Row(long series, long written, EncodedChunk chunk) {}

  /** Merges what days within retention have to merge. Blocks: a virtual thread, once in a while. */
  public Result run(Instant now, Duration retention) {
    LocalDate last = day(now.minus(memory).minus(SETTLED)).minusDays(1);
    Result all = Result.NOTHING;
    for (LocalDate day = day(now.minus(retention)); !day.isAfter(last); day = day.plusDays(1)) {
      all = all.with(rewrite(day));
    }
    return all;
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private Result rewrite(LocalDate day) {
    List<Long> series = database.jdbi().withHandle(handle -> unmerged(handle, day));
    if (series.isEmpty()) {
      return Result.NOTHING;
    }
    long[] rows = new long[3];
    for (int i = 0; i < series.size(); i += SERIES_AT_ONCE) {
      List<Long> some = series.subList(i, Math.min(series.size(), i + SERIES_AT_ONCE));
      database.jdbi().useTransaction(handle -> merge(handle, day, some, rows));
    }
    database.jdbi().useHandle(handle -> done(handle, day, rows[2]));
    compact(day);
    log.info("blocks of {}: {} rows became {}", day, rows[0], rows[1]);
    return new Result(1, rows[0], rows[1]);
  }

  private static List<Long> unmerged(Handle handle, LocalDate day) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT series_id FROM sample_block
            WHERE end_at >= :from AND end_at < :to AND written >
              coalesce((SELECT written FROM block_rewrite WHERE day = :day), 0)
            ORDER BY series_id
            """)
        .bind("from", start(day))
        .bind("to", start(day.plusDays(1)))
        .bind("day", day)
        .mapTo(Long.class)
        .list();
  }

  /** Nobody else writes blocks meanwhile: a row with an earlier place could come in unseen. */
  private static void merge(Handle handle, LocalDate day, List<Long> series, long[] rows) {
    handle.execute("LOCK TABLE sample_block IN SHARE ROW EXCLUSIVE MODE");
    Map<Long, List<Row>> bySeries = new TreeMap<>();
    for (Row row : taken(handle, day, series)) {
      bySeries.computeIfAbsent(row.series, id -> new ArrayList<>()).add(row);
      rows[0]++;
      rows[2] = Math.max(rows[2], row.written);
    }
    var merged = new ArrayList<Row>();
    bySeries.forEach((id, old) -> merge(id, old, merged));
    rows[1] += merged.size();
    write(handle, merged);
  }

  private static List<Row> taken(Handle handle, LocalDate day, List<Long> series) {
    return handle
        .createQuery(
            """
            WITH old AS (DELETE FROM sample_block
              WHERE series_id = ANY(:ids) AND end_at >= :from AND end_at < :to RETURNING *)
            SELECT series_id, written, bytes FROM old ORDER BY written
            """)
        .bindArray("ids", Long.class, series)
        .bind("from", start(day))
        .bind("to", start(day.plusDays(1)))
        .map(
            (row, context) ->
                new Row(
                    row.getLong("series_id"),
                    row.getLong("written"),
                    EncodedChunk.of(Labels.EMPTY, row.getBytes("bytes"))))
        .list();
  }

  private static void merge(long id, List<Row> old, List<Row> merged) {
    long written = old.getLast().written;
    EncodedChunk.merged(Labels.EMPTY, old.stream().map(Row::chunk).toList(), ROW)
        .forEach(chunk -> merged.add(new Row(id, written, chunk)));
  }

  private static void write(Handle handle, List<Row> rows) {
    var batch =
        handle.prepareBatch(
            """
            INSERT INTO sample_block (series_id, start_at, end_at, written, count, bytes)
            VALUES (:series, :start, :end, :written, :count, :bytes)
            """);
    for (Row row : rows) {
      batch
          .bind("series", row.series)
          .bind("start", new Timestamp(row.chunk.startMillis()))
          .bind("end", new Timestamp(row.chunk.endMillis()))
          .bind("written", row.written)
          .bind("count", row.chunk.count())
          .bind("bytes", row.chunk.bytes())
          .add();
    }
    batch.execute();
  }

  private static void done(Handle handle, LocalDate day, long written) {
    handle.execute(
        """
        INSERT INTO block_rewrite (day, written) VALUES (?, ?)
        ON CONFLICT (day) DO UPDATE SET written = greatest(block_rewrite.written, excluded.written)
        """,
        day,
        written);
  }

  /** Gives the room of the old rows back; when somebody reads the day for long, another time. */
  private void compact(LocalDate day) {
    database
        .home()
        .partition(TableHome.TABLES.getFirst(), start(day))
        .ifPresent(
            partition -> {
              try (var connection = database.dedicated(VACUUM);
                  var statement = connection.createStatement()) {
                statement.execute("SET lock_timeout = '2s'");
                statement.execute("VACUUM (FULL, ANALYZE) " + partition);
              } catch (SQLException busy) {
                log.info("{} keeps its old room for now: {}", partition, busy.getMessage());
              }
            });
  }
}
