package io.tocsin.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema to this version and finds out where its large tables live. */
final class Migrations {
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final int OLDEST_SERVER = 140_000;

  private Migrations() {}

  /** Runs what has not run yet. */
  static TableHome run(DataSource source) {
    try {
      TableHome home = Jdbi.create(source).withHandle(handle -> home(source, handle));
      Flyway.configure()
          .dataSource(source)
          .schemas(DatabaseSettings.SCHEMA)
          .createSchemas(true)
          .locations("classpath:db/migration")
          .placeholders(placeholders(home))
          .load()
          .migrate();
      return home;
    } catch (FlywayException | org.jdbi.v3.core.JdbiException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new DatabaseProblem("cannot migrate the database: " + cause.getMessage(), failed);
    }
  }

  private static Map<String, String> placeholders(TableHome home) {
    var clauses = new HashMap<String, String>();
    for (TableHome.TimeTable table : TableHome.TABLES) {
      clauses.put("partition_" + table.name(), home.partitionClause(table));
    }
    return clauses;
  }

  /** What the tables are already; for a new schema, hypertables where the extension can be had. */
  private static TableHome home(DataSource source, Handle handle) {
    int version =
        handle
            .createQuery("SELECT current_setting('server_version_num')::int")
            .mapTo(Integer.class)
            .one();
    if (version < OLDEST_SERVER) {
      throw new DatabaseProblem(
          "PostgreSQL " + version / 10_000 + " found, expected 14 or newer");
    }
    boolean partitioned =
        handle
            .createQuery(
                "SELECT count(*) > 0 FROM pg_class WHERE oid = to_regclass(:table) AND relkind = 'p'")
            .bind("table", DatabaseSettings.SCHEMA + ".sample_block")
            .mapTo(Boolean.class)
            .one();
    if (partitioned) {
      return new NativePartitions();
    }
    createExtension(source, handle);
    return handle
        .createQuery(
            """
            SELECT extversion AS version,
              coalesce(current_setting('timescaledb.license', true), '') = 'timescale' AS policies
            FROM pg_extension WHERE extname = 'timescaledb'
            """)
        .<TableHome>map(
            (row, context) -> new Hypertables(row.getString("version"), row.getBoolean("policies")))
        .findOne()
        .orElseGet(NativePartitions::new);
  }

  /** On its own connection: a server that has not preloaded the library ends the session. */
  private static void createExtension(DataSource source, Handle handle) {
    boolean missing =
        handle
            .createQuery(
                """
                SELECT count(*) > 0 FROM pg_available_extensions
                WHERE name = 'timescaledb' AND installed_version IS NULL
                """)
            .mapTo(Boolean.class)
            .one();
    if (!missing) {
      return;
    }
    try (Connection connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS timescaledb SCHEMA public");
    } catch (SQLException refused) {
      log.info(
          "TimescaleDB is installed but cannot be used, taking native partitions: {}",
          refused.getMessage());
    }
  }
}
