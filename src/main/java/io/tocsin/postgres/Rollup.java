package io.tocsin.postgres;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.EncodedChunk;
import io.tocsin.series.LayeredReader;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Fills {@code sample_5m} from the chunks written since it was last filled: avg, min, max and count
 * per series and five minutes, the interval named by its beginning. An interval is always made anew
 * from every chunk that reaches into it, so it does not matter how chunks were cut.
 */
final class Rollup {
  private static final long FIVE_MINUTES = 300_000;
  private static final int SERIES_AT_ONCE = 500;

  /** Newer chunks repeat older samples of the same chunk; this far back they are taken as known. */
  private static final long KNOWN_AFTER = 1_800_000;

  private final Database database;

  Rollup(Database database) {
    this.database = database;
  }

  private record Span(long id, long fromMillis, long toMillis) {}

  private record Point(long id, long at, double avg, double min, double max, long count) {}

  private record Progress(long written, long atMillis) {}

  /** Brings the aggregates up to all chunks written so far. */
  void run() {
    Progress done = database.jdbi().withHandle(Rollup::progress);
    long upTo =
        database
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("SELECT last_value FROM sample_block_written")
                        .mapTo(Long.class)
                        .one());
    List<Span> spans = database.jdbi().withHandle(handle -> spans(handle, done, upTo));
    long newest = done.atMillis;
    for (int i = 0; i < spans.size(); i += SERIES_AT_ONCE) {
      List<Span> some = spans.subList(i, Math.min(spans.size(), i + SERIES_AT_ONCE));
      database.jdbi().useTransaction(handle -> fill(handle, some));
    }
    for (Span span : spans) {
      newest = Math.max(newest, span.toMillis);
    }
    save(upTo, newest);
  }

  private static Progress progress(Handle handle) {
    return handle
        .createQuery("SELECT written, greatest(extract(epoch FROM at), 0) * 1000 AS at FROM rollup")
        .map((row, context) -> new Progress(row.getLong("written"), row.getLong("at")))
        .one();
  }

  private void save(long written, long atMillis) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE rollup SET written = ?, at = to_timestamp(?::bigint / 1000.0)",
                    written,
                    Times.clamp(atMillis)));
  }

  private static List<Span> spans(Handle handle, Progress done, long upTo) {
    return handle
        .createQuery(
            """
            SELECT series_id, min(start_at) AS first, max(end_at) AS last FROM sample_block
            WHERE written > :done AND written <= :upTo GROUP BY series_id ORDER BY series_id
            """)
        .bind("done", done.written)
        .bind("upTo", upTo)
        .map(
            (row, context) ->
                span(
                    row.getLong("series_id"),
                    row.getTimestamp("first").getTime(),
                    row.getTimestamp("last").getTime(),
                    done.atMillis - KNOWN_AFTER))
        .list();
  }

  private static Span span(long id, long first, long last, long known) {
    long from = last >= known ? Math.max(first, known) : first;
    return new Span(id, Math.floorDiv(from, FIVE_MINUTES) * FIVE_MINUTES, last);
  }

  private static void fill(Handle handle, List<Span> spans) {
    Map<Long, Labels> series = new TreeMap<>();
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (Span span : spans) {
      series.put(span.id, Labels.of("id", Long.toString(span.id)));
      from = Math.min(from, span.fromMillis);
      to = Math.max(to, span.toMillis);
    }
    List<EncodedChunk> chunks = PostgresChunks.read(handle, series, from, to + FIVE_MINUTES);
    var points = new ArrayList<Point>();
    for (SeriesPoints merged : merged(chunks, from - 1, to + FIVE_MINUTES)) {
      aggregate(Long.parseLong(merged.labels().get("id")), merged, points);
    }
    write(handle, points);
  }

  /** Makes the aggregates of some series anew that lie in a time, from what chunks there are. */
  static void refill(Handle handle, Collection<Long> ids, long fromMillis, long toMillis) {
    long from = Math.floorDiv(fromMillis, FIVE_MINUTES) * FIVE_MINUTES;
    handle
        .createUpdate(
            """
            DELETE FROM sample_5m WHERE series_id = ANY(:ids)
              AND at >= to_timestamp(:from / 1000.0) AND at <= to_timestamp(:to / 1000.0)
            """)
        .bindArray("ids", Long.class, List.copyOf(ids))
        .bind("from", Times.clamp(from))
        .bind("to", Times.clamp(toMillis))
        .execute();
    long edge = Math.floorDiv(toMillis, FIVE_MINUTES) * FIVE_MINUTES;
    for (long interval : from == edge ? new long[] {from} : new long[] {from, edge}) {
      fill(handle, ids.stream().map(id -> new Span(id, interval, interval - 1)).toList());
    }
  }

  private static List<SeriesPoints> merged(List<EncodedChunk> chunks, long after, long until) {
    var reader = new LayeredReader(NOTHING, () -> Long.MAX_VALUE, (any, from, to) -> chunks);
    return reader.select(List.of(), after, until);
  }

  private static final SeriesReader NOTHING =
      new SeriesReader() {
        @Override
        public List<SeriesPoints> select(List<Matcher> matchers, long fromMillis, long toMillis) {
          return List.of();
        }

        @Override
        public List<Labels> series(List<List<Matcher>> sets, long fromMillis, long toMillis) {
          return List.of();
        }
      };

  private static void aggregate(long id, SeriesPoints series, List<Point> out) {
    int i = 0;
    while (i < series.size()) {
      long bucket = Math.floorDiv(series.timestamps()[i], FIVE_MINUTES) * FIVE_MINUTES;
      double sum = 0;
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      long count = 0;
      for (; i < series.size() && series.timestamps()[i] < bucket + FIVE_MINUTES; i++) {
        double value = series.values()[i];
        if (!Double.isNaN(value)) {
          sum += value;
          min = Math.min(min, value);
          max = Math.max(max, value);
          count++;
        }
      }
      if (count > 0) {
        out.add(new Point(id, bucket, sum / count, min, max, count));
      }
    }
  }

  private static void write(Handle handle, List<Point> points) {
    handle
        .createUpdate(
            """
            INSERT INTO sample_5m (series_id, at, avg, min, max, count)
            SELECT id, to_timestamp(at / 1000.0), avg, min, max, count
            FROM unnest(:ids, :at, :avg, :min, :max, :count) AS new (id, at, avg, min, max, count)
            ON CONFLICT (series_id, at) DO UPDATE SET avg = excluded.avg, min = excluded.min,
              max = excluded.max, count = excluded.count
            WHERE (sample_5m.avg, sample_5m.min, sample_5m.max, sample_5m.count)
              IS DISTINCT FROM (excluded.avg, excluded.min, excluded.max, excluded.count)
            """)
        .bindArray("ids", Long.class, column(points, Point::id))
        .bindArray("at", Long.class, column(points, point -> Times.clamp(point.at)))
        .bindArray("avg", Double.class, column(points, Point::avg))
        .bindArray("min", Double.class, column(points, Point::min))
        .bindArray("max", Double.class, column(points, Point::max))
        .bindArray("count", Long.class, column(points, Point::count))
        .execute();
  }

  private static <T> List<T> column(List<Point> points, Function<Point, T> value) {
    return points.stream().map(value).toList();
  }
}
