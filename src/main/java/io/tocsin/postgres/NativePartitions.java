package io.tocsin.postgres;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * PostgreSQL's own range partitions, made ahead and dropped by us. Each table has a default
 * partition as well, so that a row out of every range (a back-fill, a wrong clock) is kept and not
 * refused.
 *
 * @param server version of PostgreSQL
 * @see <a href="https://www.postgresql.org/docs/current/ddl-partitioning.html">Table
 *     partitioning</a>
 */
record NativePartitions(String server) implements TableHome {
  private static final int SLICES_AHEAD = 3;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmm").withZone(ZoneOffset.UTC);

  @Override
  public String describe() {
    return "PostgreSQL " + server + ", native partitions";
  }

  @Override
  public String partitionClause(TimeTable table) {
    return "PARTITION BY RANGE (" + table.timeColumn() + ")";
  }

  @Override
  public void prepare(Handle handle, Retention retention, Instant now) {
    for (TimeTable table : TABLES) {
      handle.execute(
          "CREATE TABLE IF NOT EXISTS %1$s_default PARTITION OF %1$s DEFAULT"
              .formatted(table.name()));
    }
    maintain(handle, retention, now);
  }

  @Override
  public void maintain(Handle handle, Retention retention, Instant now) {
    for (TimeTable table : TABLES) {
      long slice = table.slice().toSeconds();
      long current = Math.floorDiv(now.getEpochSecond(), slice);
      for (long i = current - 1; i <= current + SLICES_AHEAD; i++) {
        create(handle, table, Instant.ofEpochSecond(i * slice));
      }
      drop(handle, table, now.minus(retention.of(table)));
    }
  }

  @Override
  public Optional<String> partition(TimeTable table, Instant from) {
    return Optional.of(name(table, from));
  }

  private static String name(TimeTable table, Instant from) {
    return table.name() + "_p" + NAME.format(from);
  }

  /** Rows that the default partition took for this range move into the new slice. */
  private static void create(Handle handle, TimeTable table, Instant from) {
    String partition = name(table, from);
    if (exists(handle, partition)) {
      return;
    }
    Instant to = from.plus(table.slice());
    handle.useTransaction(
        work -> {
          work.execute(
              "CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE)"
                  .formatted(partition, table.name()));
          work.execute(
              """
              WITH moved AS (DELETE FROM %1$s_default WHERE %2$s >= '%3$s' AND %2$s < '%4$s' RETURNING *)
              INSERT INTO %5$s SELECT * FROM moved\
              """
                  .formatted(table.name(), table.timeColumn(), from, to, partition));
          work.execute(
              "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
                  .formatted(table.name(), partition, from, to));
        });
  }

  private static boolean exists(Handle handle, String table) {
    return handle
        .createQuery("SELECT to_regclass(:table) IS NOT NULL")
        .bind("table", table)
        .mapTo(Boolean.class)
        .one();
  }

  private static void drop(Handle handle, TimeTable table, Instant before) {
    handle
        .createQuery(
            """
            SELECT cast(inhrelid AS regclass)::text FROM pg_inherits
            WHERE inhparent = cast(:table AS regclass)
            """)
        .bind("table", table.name())
        .mapTo(String.class)
        .stream()
        .filter(partition -> partition.compareTo(name(table, before.minus(table.slice()))) < 0)
        .filter(partition -> !partition.equals(table.name() + "_default"))
        .toList()
        .forEach(partition -> handle.execute("DROP TABLE " + partition));
    handle.execute(
        "DELETE FROM %s_default WHERE %s < ?".formatted(table.name(), table.timeColumn()), before);
  }
}
