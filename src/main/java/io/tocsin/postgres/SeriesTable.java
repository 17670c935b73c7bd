package io.tocsin.postgres;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.Allowance;
import io.tocsin.series.SeriesIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The labels behind the ids of written chunks. */
final class SeriesTable {
  private static final int PAGE = 2_000;

  private SeriesTable() {}

  /** A series with the time its written chunks span, milliseconds. */
  record Row(long id, Labels labels, long firstMillis, long lastMillis) {}

  /** Adds rows, or widens the time of those that are there. */
  static void save(Handle handle, List<Row> rows) {
    handle
        .createUpdate(
            """
            INSERT INTO series (id, labels, first_at, last_at)
            SELECT id, cast(labels AS jsonb), to_timestamp(first / 1000.0), to_timestamp(last / 1000.0)
            FROM unnest(:ids, :labels, :first, :last) AS new (id, labels, first, last)
            ON CONFLICT (id) DO UPDATE SET
              first_at = least(series.first_at, excluded.first_at),
              last_at = greatest(series.last_at, excluded.last_at)
            """)
        .bindArray("ids", Long.class, rows.stream().map(Row::id).toList())
        .bindArray(
            "labels", String.class, rows.stream().map(row -> Documents.write(row.labels)).toList())
        .bindArray("first", Long.class, rows.stream().map(Row::firstMillis).toList())
        .bindArray("last", Long.class, rows.stream().map(Row::lastMillis).toList())
        .execute();
  }

  /** Tells the ids of series in use until the end, so that they are not numbered anew. */
  static void learn(Handle handle, SeriesIds ids) {
    handle
        .createQuery(
            """
            SELECT id, labels FROM series
            WHERE last_at > (SELECT max(last_at) FROM series) - interval '1 day'
            """)
        .setFetchSize(10_000)
        .map(
            (row, context) ->
                new Row(row.getLong(1), Documents.read(row.getString(2), Labels.class), 0, 0))
        .forEach(row -> ids.learn(row.id, row.labels));
  }

  /** The matching series that have chunks in a time, by id. */
  static Map<Long, Labels> find(
      Handle handle, List<Matcher> matchers, long fromMillis, long toMillis) {
    return find(handle, matchers, fromMillis, toMillis, Allowance.UNBOUNDED);
  }

  /**
   * The same within an allowance; in a transaction, so that rows are read as they come.
   *
   * @param allowance asked about each series
   */
  static Map<Long, Labels> find(
      Handle handle, List<Matcher> matchers, long fromMillis, long toMillis, Allowance allowance) {
    var wanted = Labels.builder();
    for (Matcher matcher : matchers) {
      if (matcher.op() == Matcher.Op.EQUAL) {
        wanted.set(matcher.name(), matcher.value());
      }
    }
    var byId = new LinkedHashMap<Long, Labels>();
    handle
        .createQuery(
            """
            SELECT id, labels FROM series
            WHERE labels @> cast(:wanted AS jsonb) AND last_at >= to_timestamp(:from / 1000.0)
              AND first_at <= to_timestamp(:to / 1000.0)
            ORDER BY id
            """)
        .setFetchSize(PAGE)
        .bind("wanted", Documents.write(wanted.build()))
        .bind("from", Times.clamp(fromMillis))
        .bind("to", Times.clamp(toMillis))
        .map(
            (row, context) ->
                new Row(row.getLong(1), Documents.read(row.getString(2), Labels.class), 0, 0))
        .forEach(
            row -> {
              if (Matcher.all(matchers, row.labels)) {
                allowance.series(1);
                byId.put(row.id, row.labels);
              }
            });
    return byId;
  }
}
