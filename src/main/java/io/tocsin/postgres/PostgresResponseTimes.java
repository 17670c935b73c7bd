package io.tocsin.postgres;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** How fast checks answered, hour by hour, from their results. */
public final class PostgresResponseTimes {
  private final Database database;

  public PostgresResponseTimes(Database database) {
    this.database = database;
  }

  /**
   * The median of the successful answers of some checks by hour, in milliseconds; an hour without
   * any is left out.
   */
  public Map<Instant, Double> medians(Collection<String> checks, Instant from, Instant to) {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              var medians = new TreeMap<Instant, Double>();
              handle
                  .createQuery(
                      """
                      SELECT date_trunc('hour', at) AS hour,
                        percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) AS median
                      FROM check_result
                      WHERE check_name = ANY(:checks) AND at >= :from AND at < :to
                        AND outcome = 'SUCCESS'
                      GROUP BY 1
                      """)
                  .bindArray("checks", String.class, checks.toArray())
                  .bind("from", from)
                  .bind("to", to)
                  .map(
                      (row, context) ->
                          Map.entry(row.getTimestamp("hour").toInstant(), row.getDouble("median")))
                  .forEach(entry -> medians.put(entry.getKey(), entry.getValue()));
              return medians;
            });
  }
}
