package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;
import static io.tocsin.grafana.Panel.table;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import java.util.List;

/** PostgreSQL and TimescaleDB, by the names of postgres_exporter and of the owner's services. */
final class PostgresBoard {

  private static final String NONE = "no postgres_exporter is scraped.";
  private static final String OF = "{environment=~'$environment'}";
  private static final String HIT =
      "sum by (datname) (rate(pg_stat_database_blks_hit[10m]))"
          + " / (sum by (datname) (rate(pg_stat_database_blks_hit[10m])"
          + " + rate(pg_stat_database_blks_read[10m])) > 0)";

  private PostgresBoard() {}

  static Board board() {
    return new Board(
        "tocsin-postgres",
        "PostgreSQL and TimescaleDB",
        "Is the database up, fast, and far from its limits? Ours is at the end.",
        "now-3h",
        List.of(),
        List.of(
            figure("Databases", "The worst of them.")
                .ask("min(pg_up" + OF + ")")
                .in(Unit.STATE, Scale.atLeast(1))
                .words(Words.UP)
                .runbook("PostgresDown", "Failover", "RestoreFromBackup")
                .emptyWhen(NONE),
            figure("Query time", "Mean; target below 10 ms.")
                .ask("max(database_query_seconds_mean" + OF + ")")
                .in(Unit.SECONDS, Scale.amber(0.01))
                .runbook("DatabaseQuerySlow")
                .emptyWhen(Words.NO_EXPORTER),
            figure("CPU", "Share busy; page above 90 %.")
                .ask("max(database_cpu_ratio" + OF + ")")
                .in(Unit.RATIO, Scale.rising(0.7, 0.9))
                .runbook("DatabaseCpuHigh")
                .emptyWhen(Words.NO_EXPORTER),
            figure("Connections", "Share of the limit in use; alarm above 80 %.")
                .ask(
                    "max(sum by (instance) (pg_stat_activity_count)"
                        + " / min by (instance) (pg_settings_max_connections > 0))")
                .in(Unit.RATIO, Scale.rising(0.6, 0.8))
                .runbook("PostgresConnectionsNearlyFull")
                .emptyWhen(NONE),
            figure("Replication lag", "Of the slowest standby; alarm above 30 s.")
                .ask("max(pg_replication_lag_seconds" + OF + ")")
                .in(Unit.SECONDS, Scale.rising(10, 30))
                .runbook("PostgresReplicationLag")
                .emptyWhen("there is no standby, or no postgres_exporter is scraped."),
            figure("Transaction age", "To the wraparound at 2 billion; alarm above 1.2.")
                .ask(
                    "max(pg_database_wraparound_age_datfrozenxid_seconds"
                        + " or pg_database_frozen_xid_age)")
                .in(Unit.COUNT, Scale.rising(0.8e9, 1.2e9))
                .runbook("PostgresWraparoundNear")
                .emptyWhen(NONE)),
        List.of(work(), upkeep(), ours()));
  }

  private static Section work() {
    return Section.of(
        "Work",
        lines("Query time", "Mean, by instance; target below 10 ms.")
            .ask("database_query_seconds_mean" + OF, "{{instance}}")
            .in(Unit.SECONDS, Scale.amber(0.01))
            .runbook("DatabaseQuerySlow")
            .emptyWhen(Words.NO_EXPORTER),
        lines("CPU", "Share busy, by instance.")
            .ask("database_cpu_ratio" + OF, "{{instance}}")
            .in(Unit.RATIO, Scale.rising(0.7, 0.9))
            .runbook("DatabaseCpuHigh")
            .emptyWhen(Words.NO_EXPORTER),
        lines("Found in memory", "Share of blocks that needed no disk; alarm below 90 %.")
            .ask(HIT, "{{datname}}")
            .in(Unit.RATIO, Scale.falling(0.9, 0.95))
            .runbook("PostgresCacheHitLow")
            .emptyWhen(NONE),
        lines("Connections", "By state.")
            .ask("sum by (state) (pg_stat_activity_count" + OF + ")", "{{state}}")
            .in(Unit.COUNT)
            .runbook("PostgresConnectionsNearlyFull")
            .emptyWhen(NONE),
        lines("Longest transaction", "It keeps dead rows alive; alarm above 1 h.")
            .ask("max by (instance) (pg_stat_activity_max_tx_duration" + OF + ")", "{{instance}}")
            .in(Unit.DURATION, Scale.amber(3_600))
            .runbook("PostgresLongTransaction")
            .emptyWhen(NONE),
        lines("Deadlocks", "In ten minutes; alarm above 5.")
            .ask("increase(pg_stat_database_deadlocks" + OF + "[10m])", "{{datname}}")
            .in(Unit.COUNT, Scale.amber(5))
            .runbook("PostgresDeadlocks")
            .emptyWhen(NONE));
  }

  private static Section upkeep() {
    return Section.of(
        "Upkeep",
        meters("Dead rows", "Share by table; alarm above 30 % of large tables.")
            .ask(
                "topk(10, pg_stat_user_tables_n_dead_tup"
                    + " / (pg_stat_user_tables_n_live_tup + pg_stat_user_tables_n_dead_tup > 0))",
                "{{relname}}")
            .in(Unit.RATIO, Scale.rising(0.15, 0.3))
            .runbook("PostgresDeadRowsHigh")
            .emptyWhen(NONE),
        lines("Replication lag", "By standby.")
            .ask("pg_replication_lag_seconds" + OF, "{{instance}}")
            .in(Unit.SECONDS, Scale.rising(10, 30))
            .runbook("PostgresReplicationLag")
            .emptyWhen("there is no standby, or no postgres_exporter is scraped."),
        meters("TimescaleDB jobs that failed", "In an hour, by job.")
            .ask("increase(timescaledb_job_failures_total[1h])", "{{job_id}}")
            .in(Unit.COUNT, Scale.red(1))
            .runbook("TimescaleJobFailing")
            .emptyWhen("no exporter reports jobs of TimescaleDB."));
  }

  private static Section ours() {
    return Section.of(
        "Tocsin's own database",
        table("Largest tables", "Rows as the planner estimates them, and size with indices.")
            .sql(
                """
                SELECT relname AS "table", greatest(reltuples, 0)::bigint AS "rows",
                  pg_size_pretty(pg_total_relation_size(oid)) AS size
                FROM pg_class
                WHERE relkind = 'r' AND relnamespace = 'tocsin'::regnamespace
                ORDER BY pg_total_relation_size(oid) DESC LIMIT 25
                """)
            .in(Unit.STATE),
        lines("Journal", "Age of the oldest sample that is not durable yet; alarm above 5 s.")
            .ask("max(tocsin_journal_lag_seconds)", "lag")
            .in(Unit.SECONDS, Scale.rising(2, 5))
            .runbook("TocsinJournalSlow"));
  }
}
