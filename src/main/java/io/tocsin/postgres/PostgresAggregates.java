package io.tocsin.postgres;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.AggregateSource;
import io.tocsin.series.Allowance;
import io.tocsin.series.Reading;
import io.tocsin.series.SeriesPoints;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Reads what {@link Rollup} wrote to {@code sample_5m}. Calls block: virtual threads only. */
public final class PostgresAggregates implements AggregateSource {
  private static final int ROWS_AT_ONCE = 10_000;

  private final Database database;

  public PostgresAggregates(Database database) {
    this.database = database;
  }

  private static String column(Reading.Wanted wanted) {
    return switch (wanted) {
      case AVERAGE, NEWEST -> "avg";
      case MINIMUM -> "min";
      case MAXIMUM, COUNTER -> "max";
      case SUM -> "avg * count";
    };
  }

  @Override
  public void each(Reading reading, Consumer<SeriesPoints> sink) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              long from = reading.fromMillis() - INTERVAL + 1;
              Map<Long, Labels> series =
                  SeriesTable.find(
                      handle, reading.matchers(), from, reading.toMillis(), reading.allowance());
              if (!series.isEmpty()) {
                read(handle, series, from, reading, sink);
              }
            });
  }

  private static void read(
      Handle handle,
      Map<Long, Labels> series,
      long from,
      Reading reading,
      Consumer<SeriesPoints> sink) {
    var run = new Run(series, sink);
    handle
        .createQuery(
            """
            SELECT series_id, at, %s AS value FROM sample_5m
            WHERE series_id = ANY(:ids) AND at >= to_timestamp(:from / 1000.0)
              AND at <= to_timestamp(:to / 1000.0)
            ORDER BY series_id, at
            """
                .formatted(column(reading.wanted())))
        .setFetchSize(ROWS_AT_ONCE)
        .bindArray("ids", Long.class, List.copyOf(series.keySet()))
        .bind("from", Times.clamp(from))
        .bind("to", Times.clamp(reading.toMillis()))
        .map((row, context) -> run.add(row, reading.allowance()))
        .forEach(more -> {});
    run.end();
  }

  /** Rows of one id, which follow each other. */
  private static final class Run {
    private final Map<Long, Labels> series;
    private final Consumer<SeriesPoints> sink;
    private long id;
    private long[] times = new long[64];
    private double[] values = new double[64];
    private int size;

    Run(Map<Long, Labels> series, Consumer<SeriesPoints> sink) {
      this.series = series;
      this.sink = sink;
    }

    boolean add(ResultSet row, Allowance allowance) throws SQLException {
      long next = row.getLong("series_id");
      if (next != id) {
        end();
        id = next;
      }
      if (size == times.length) {
        allowance.samples(0);
        times = Arrays.copyOf(times, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      times[size] = row.getTimestamp("at").getTime();
      values[size++] = row.getDouble("value");
      return true;
    }

    void end() {
      if (size > 0) {
        sink.accept(
            new SeriesPoints(
                series.getOrDefault(id, Labels.EMPTY),
                Arrays.copyOf(times, size),
                Arrays.copyOf(values, size)));
        size = 0;
      }
    }
  }

  @Override
  public List<Labels> series(List<Matcher> matchers, long fromMillis, long toMillis) {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              Map<Long, Labels> series = SeriesTable.find(handle, matchers, fromMillis, toMillis);
              var alive = new ArrayList<Labels>();
              handle
                  .createQuery(
                      """
                      SELECT id FROM unnest(:ids) AS wanted (id)
                      WHERE EXISTS (SELECT FROM sample_5m WHERE series_id = id
                        AND at >= to_timestamp(:from / 1000.0) AND at <= to_timestamp(:to / 1000.0))
                      """)
                  .bindArray("ids", Long.class, List.copyOf(series.keySet()))
                  .bind("from", Times.clamp(fromMillis))
                  .bind("to", Times.clamp(toMillis))
                  .mapTo(Long.class)
                  .forEach(id -> alive.add(series.getOrDefault(id, Labels.EMPTY)));
              return alive.stream().distinct().toList();
            });
  }
}
