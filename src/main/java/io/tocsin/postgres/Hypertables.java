package io.tocsin.postgres;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * TimescaleDB does the work: chunks by itself, compression by a policy of its own, which its Apache
 * edition lacks. Chunks past retention are dropped by {@link #maintain}, by our clock.
 *
 * @param version of the extension
 * @param policies whether this build has compression and policies
 * @param server version of PostgreSQL
 * @see <a href="https://docs.timescale.com/api/latest/">TimescaleDB API</a>
 */
record Hypertables(String version, boolean policies, String server) implements TableHome {

  @Override
  public String describe() {
    String edition = policies ? "" : " (Apache edition)";
    return "TimescaleDB " + version + edition + " on PostgreSQL " + server;
  }

  @Override
  public String partitionClause(TimeTable table) {
    return "";
  }

  @Override
  public void prepare(Handle handle, Retention retention, Instant now) {
    for (TimeTable table : TABLES) {
      handle
          .createQuery(
              """
              SELECT create_hypertable(cast(:table AS regclass), cast(:column AS name),
                chunk_time_interval => cast(:slice AS interval), if_not_exists => true,
                create_default_indexes => false)
              """)
          .bind("table", table.name())
          .bind("column", table.timeColumn())
          .bind("slice", interval(table.slice()))
          .mapToMap()
          .list();
      if (policies) {
        pack(handle, table);
        withoutPolicy(handle, table);
      }
    }
  }

  private static void pack(Handle handle, TimeTable table) {
    table
        .packing()
        .ifPresent(
            packing -> {
              handle.execute(
                  "ALTER TABLE %s SET (timescaledb.compress, timescaledb.compress_segmentby = '%s')"
                      .formatted(table.name(), packing.segmentBy()));
              handle
                  .createQuery(
                      "SELECT add_compression_policy(cast(:table AS regclass), cast(:after AS"
                          + " interval), if_not_exists => true)")
                  .bind("table", table.name())
                  .bind("after", interval(packing.after()))
                  .mapToMap()
                  .list();
            });
  }

  /** Earlier versions left retention to a policy, whose interval would outlive a change of ours. */
  private static void withoutPolicy(Handle handle, TimeTable table) {
    handle
        .createQuery("SELECT remove_retention_policy(cast(:table AS regclass), if_exists => true)")
        .bind("table", table.name())
        .mapToMap()
        .list();
  }

  @Override
  public void maintain(Handle handle, Retention retention, Instant now) {
    for (TimeTable table : TABLES) {
      handle
          .createQuery(
              "SELECT drop_chunks(cast(:table AS regclass), older_than => cast(:before AS"
                  + " timestamptz))")
          .bind("table", table.name())
          .bind("before", now.minus(retention.of(table)))
          .mapToMap()
          .list();
    }
  }

  private static String interval(Duration duration) {
    return duration.toSeconds() + " seconds";
  }
}
