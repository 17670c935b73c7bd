package io.tocsin.demo;

import java.time.Instant;

/** The company's services seen from inside: JVM, database, queues, capacity, backups, scans. */
final class Machinery {

  private static final double MIB = 1L << 20;
  private static final double GIB = 1L << 30;
  private static final double DAY = 86_400;
  private static final double HOUR = 3_600;

  private final Tide tide;
  private final Faults faults;

  Machinery(Tide tide, Faults faults) {
    this.tide = tide;
    this.faults = faults;
  }

  /** The web application's JVM, by Micrometer's names. */
  String jvm() {
    var out = new Exposition();
    boolean slow = faults.broken(SimulatedPart.DATABASE);
    out.put("jvm_memory_used_bytes", tide.near(620 * MIB, 0.2), "area", "heap", "id", "G1 Old Gen");
    out.put("jvm_memory_max_bytes", 1_024 * MIB, "area", "heap", "id", "G1 Old Gen");
    out.put("jvm_gc_pause_seconds_sum", tide.grown(0.004), "gc", "G1 Young Generation");
    out.put("jvm_gc_memory_allocated_bytes_total", tide.grown(18 * MIB));
    for (String state : new String[] {"runnable", "waiting", "timed-waiting", "blocked"}) {
      double threads = state.equals("blocked") ? 0 : tide.near(12, 0.1);
      out.put("jvm_threads_states_threads", threads, "state", state);
    }
    out.put("process_cpu_usage", tide.near(0.22, 0.3));
    out.put("vertx_pool_ratio", tide.near(slow ? 0.7 : 0.2, 0.2), "pool_name", "vert.x-worker");
    out.put("hikaricp_connections_active", tide.near(slow ? 10 : 3, 0.2), "pool", "main");
    out.put("hikaricp_connections_pending", slow ? 4 : 0, "pool", "main");
    return out.toString();
  }

  /** The database, by the names of postgres_exporter. */
  String postgres() {
    var out = new Exposition();
    boolean broken = faults.broken(SimulatedPart.DATABASE);
    out.put("pg_up", broken ? 0 : 1);
    out.put("pg_stat_activity_count", tide.near(22, 0.2), "datname", "shop", "state", "active");
    out.put("pg_stat_activity_count", tide.near(14, 0.2), "datname", "shop", "state", "idle");
    out.put("pg_settings_max_connections", 100);
    out.put("pg_replication_lag_seconds", tide.near(0.4, 0.5));
    out.put("pg_stat_database_deadlocks", 2, "datname", "shop");
    out.put("pg_stat_database_blks_hit", tide.grown(9_800), "datname", "shop");
    out.put("pg_stat_database_blks_read", tide.grown(120), "datname", "shop");
    out.put(
        "pg_stat_activity_max_tx_duration",
        tide.near(3, 0.5),
        "datname",
        "shop",
        "state",
        "active");
    for (String table : new String[] {"orders", "customers"}) {
      out.put("pg_stat_user_tables_n_live_tup", 2_400_000, "datname", "shop", "relname", table);
      out.put(
          "pg_stat_user_tables_n_dead_tup",
          tide.near(90_000, 0.3),
          "datname",
          "shop",
          "relname",
          table);
    }
    out.put("pg_database_wraparound_age_datfrozenxid_seconds", tide.grown(900), "datname", "shop");
    out.put("timescaledb_job_failures_total", 0, "job_id", "1001");
    return out.toString();
  }

  /** Queues, capacity, scaling. */
  String capacity() {
    var out = new Exposition();
    for (String queue : new String[] {"mail", "invoices"}) {
      out.put("queue_depth", tide.near(40, 0.6), "queue", queue);
      out.put("queue_consumers", 2, "queue", queue);
      out.put("queue_oldest_entry_age_seconds", tide.near(12, 0.6), "queue", queue);
    }
    boolean slow = faults.broken(SimulatedPart.AI_MODEL);
    out.put("ai_queue_depth", tide.near(slow ? 85 : 18, 0.3));
    out.put("gpu_utilisation_ratio", tide.near(0.55, 0.2), "gpu", "0");
    out.put("gpu_utilisation_ratio", tide.near(0.48, 0.2), "gpu", "1");
    out.put("instance_cpu_ratio", tide.near(0.42, 0.2), "tier", "web");
    out.put("instance_cpu_ratio", tide.near(0.5, 0.2), "tier", "ai");
    out.put("capacity_used_ratio", 0.46 + tide.seconds() * 1e-9, "resource", "database disk");
    out.put("capacity_used_ratio", 0.31 + tide.seconds() * 1e-9, "resource", "object store");
    out.put("workflow_duration_seconds_mean", tide.near(0.9, 0.2), "workflow", "onboarding");
    out.put("workflow_duration_seconds_mean", tide.near(1.3, 0.2), "workflow", "invoice run");
    out.put("model_requests_total", tide.grown(40), "model", PredictionFeed.MODEL);
    out.put("model_errors_total", tide.grown(0.05), "model", PredictionFeed.MODEL);
    out.put("model_label_delay_seconds", tide.near(30, 0.3), "model", PredictionFeed.MODEL);
    return out.toString();
  }

  /** Backups, certificates, scans: what is pushed once in a while. */
  String upkeep(Instant now) {
    var out = new Exposition();
    double second = now.getEpochSecond();
    String backup = "backup_last_success_timestamp_seconds";
    out.put(backup, second - second % HOUR, "kind", "database");
    out.put(backup, second - second % DAY, "kind", "models");
    out.put(backup, second - 120, "kind", "user-data");
    out.put("backup_size_bytes", 38 * GIB + tide.seconds() * 1e5, "kind", "database");
    out.put("backup_size_bytes", 4 * GIB, "kind", "models");
    out.put("restore_test_last_success_timestamp_seconds", second - 9 * DAY);
    out.put(
        "probe_ssl_earliest_cert_expiry",
        second - second % DAY + 64 * DAY,
        "check",
        "shop-certificate",
        "component",
        SimulatedPart.WEB_APP.component());
    out.put("domain_expiry_days", 211, "domain", "acme.example");
    out.put("vulnerabilities", 0, "target", "web-app", "severity", "critical");
    out.put("vulnerabilities", 2, "target", "web-app", "severity", "low");
    for (String header : new String[] {"Strict-Transport-Security", "Content-Security-Policy"}) {
      out.put(
          "probe_security_header_present",
          1,
          "component",
          SimulatedPart.WEB_APP.component(),
          "header",
          header);
    }
    return out.toString();
  }
}
