package io.tocsin.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Where the large tables live: in TimescaleDB's hypertables or in PostgreSQL's own partitions. The
 * only place that knows the difference; everybody else reads and writes the same tables.
 */
public sealed interface TableHome permits Hypertables, NativePartitions {

  /** A table that grows with time and forgets. */
  record TimeTable(String name, String timeColumn, Duration slice, Optional<Packing> packing) {}

  /**
   * How TimescaleDB packs slices that nothing changes any more.
   *
   * @param segmentBy the column whose rows are packed together
   * @param after how old a slice is when it is packed
   */
  record Packing(String segmentBy, Duration after) {}

  /** All of them; the migrations name the same tables. */
  List<TimeTable> TABLES =
      List.of(
          new TimeTable("sample_block", "end_at", Duration.ofDays(1), Optional.empty()),
          new TimeTable(
              "sample_5m",
              "at",
              Duration.ofDays(7),
              Optional.of(new Packing("series_id", Duration.ofDays(14)))),
          new TimeTable(
              "check_result",
              "at",
              Duration.ofDays(1),
              Optional.of(new Packing("check_name", Duration.ofDays(2)))));

  /**
   * In words, for the log and the status page: "TimescaleDB 2.28.3 on PostgreSQL 15.8" or
   * "PostgreSQL 17.11, native partitions".
   */
  String describe();

  /** What follows {@code CREATE TABLE ... (...)} of a time table in the migrations. */
  String partitionClause(TimeTable table);

  /** Right after the migrations: makes the tables what they are to be. Repeatable. */
  void prepare(Handle handle, Retention retention, Instant now);

  /**
   * The slice that holds rows of a time, where it is ours to rewrite as a whole; it may be gone.
   */
  default Optional<String> partition(TimeTable table, Instant from) {
    return Optional.empty();
  }

  /** Makes slices ahead and drops those past retention; to be called at least every hour. */
  void maintain(Handle handle, Retention retention, Instant now);
}
