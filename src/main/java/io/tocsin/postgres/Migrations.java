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
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the schema to this version and finds out where its large tables live. */
final class Migrations {
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final int OLDEST_SERVER = 140_000;

  /** The newest file in {@code db/migration}. */
  static final int NEWEST = 25;

  /** How many there are: one with a lower number may be added after a newer one has run. */
  static final int FILES = 21;

  private Migrations() {}

  /** Runs what has not run yet; Flyway is loaded only when there is something to run. */
  static TableHome run(DataSource source) {
    try (Handle handle = Jdbi.open(source)) {
      TableHome home = home(source, handle);
      Ran ran = ran(handle);
      if (ran.newest() > NEWEST) {
        throw new DatabaseProblem(
            "the database has schema version %d, this Tocsin knows up to %d; start a newer Tocsin"
                .formatted(ran.newest(), NEWEST));
      }
      if (ran.newest() < NEWEST || ran.files() < FILES) {
        migrate(source, home);
      }
      return home;
    } catch (FlywayException | JdbiException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new DatabaseProblem("cannot migrate the database: " + cause.getMessage(), failed);
    }
  }

  private static void migrate(DataSource source, TableHome home) {
    Flyway.configure()
        .dataSource(source)
        .schemas(DatabaseSettings.SCHEMA)
        .createSchemas(true)
        .locations("classpath:db/migration")
        .outOfOrder(true)
        .placeholders(placeholders(home))
        .load()
        .migrate();
  }

  /** The migrations that have run: the newest of them and how many, 0 when there is no schema. */
  private record Ran(int newest, int files) {}

  private static Ran ran(Handle handle) {
    String history = DatabaseSettings.SCHEMA + ".flyway_schema_history";
    boolean exists =
        handle
            .createQuery("SELECT to_regclass(:history) IS NOT NULL")
            .bind("history", history)
            .mapTo(Boolean.class)
            .one();
    return exists
        ? handle
            .createQuery(
                "SELECT coalesce(max(version::int), 0), count(version) FROM "
                    + history
                    + " WHERE success")
            .map((row, context) -> new Ran(row.getInt(1), row.getInt(2)))
            .one()
        : new Ran(0, 0);
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
    int version = setting(handle, "server_version_num", Integer.class);
    if (version < OLDEST_SERVER) {
      throw new DatabaseProblem("PostgreSQL " + version / 10_000 + " found, expected 14 or newer");
    }
    String server = setting(handle, "server_version", String.class).replaceFirst(" .*", "");
    boolean partitioned =
        handle
            .createQuery(
                "SELECT count(*) > 0 FROM pg_class WHERE oid = to_regclass(:table) AND relkind ="
                    + " 'p'")
            .bind("table", DatabaseSettings.SCHEMA + ".sample_block")
            .mapTo(Boolean.class)
            .one();
    if (partitioned) {
      return new NativePartitions(server);
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
            (row, context) ->
                new Hypertables(row.getString("version"), row.getBoolean("policies"), server))
        .findOne()
        .orElseGet(() -> new NativePartitions(server));
  }

  private static <T> T setting(Handle handle, String name, Class<T> type) {
    return handle.createQuery("SELECT current_setting(:name)").bind("name", name).mapTo(type).one();
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
