package io.tocsin.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that opens connections. Calls block and belong on virtual threads. Every statement
 * ends within {@link #STATEMENT}, every wait for a connection within {@link #CONNECT}.
 */
public final class Database implements AutoCloseable {
  /** The longest wait for a connection. */
  static final Duration CONNECT = Duration.ofSeconds(3);

  /** The longest a statement of the service may run. */
  static final Duration STATEMENT = Duration.ofSeconds(30);

  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final DatabaseSettings.Server address;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final TableHome home;

  private Database(
      DatabaseSettings.Server address, HikariDataSource pool, Jdbi jdbi, TableHome home) {
    this.address = address;
    this.pool = pool;
    this.jdbi = jdbi;
    this.home = home;
  }

  /**
   * Connects, migrates the schema to this version and prepares the tables.
   *
   * @throws DatabaseProblem when the server does not answer or refuses
   */
  public static Database open(DatabaseSettings.Server address, Retention retention, Instant now) {
    TableHome home = Migrations.run(source(address, Duration.ZERO));
    var pool = pool(address);
    try {
      Jdbi jdbi = Jdbi.create(pool);
      jdbi.useTransaction(handle -> home.prepare(handle, retention, now));
      log.info("database {} with {}", address, home.describe());
      return new Database(address, pool, jdbi, home);
    } catch (RuntimeException failed) {
      pool.close();
      throw new DatabaseProblem("cannot prepare the tables: " + failed.getMessage(), failed);
    }
  }

  /** Plain SQL over the pool. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** Where the large tables live. */
  public TableHome home() {
    return home;
  }

  /**
   * A connection outside the pool, for one owner and a long time.
   *
   * @param silence the longest the server may stay silent during a statement, more than a second;
   *     zero = no bound
   */
  Connection dedicated(Duration silence) throws SQLException {
    return source(address, silence).getConnection();
  }

  /** Whether a connection can be had and answers; the message says why not. */
  public Health health() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(1)
          ? new Health.Up(home.describe())
          : new Health.Down("no answer within 1 s");
    } catch (SQLException failed) {
      return new Health.Down(String.valueOf(failed.getMessage()));
    }
  }

  /** What {@link #health()} found. */
  public sealed interface Health {
    /** The database answers. */
    record Up(String home) implements Health {}

    /** It does not. */
    record Down(String reason) implements Health {}
  }

  /**
   * Makes partitions ahead and deletes what is past retention; to be called every hour. What is in
   * somebody's way is left to the next time.
   */
  public void maintain(Retention retention, Instant now) {
    jdbi.useTransaction(
        handle -> {
          handle.execute("SET LOCAL lock_timeout = '2s'");
          home.maintain(handle, retention, now);
        });
    jdbi.useHandle(handle -> Housekeeping.forget(handle, retention, now));
  }

  /** Connections in use. */
  public int activeConnections() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  /** Callers waiting for a connection. */
  public int waitingForConnection() {
    return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
  }

  @Override
  public void close() {
    pool.close();
  }

  private static HikariDataSource pool(DatabaseSettings.Server address) {
    var config = new HikariConfig();
    config.setPoolName("tocsin");
    config.setDataSource(source(address, STATEMENT.plus(GRACE)));
    config.setMaximumPoolSize(address.poolSize());
    config.setMinimumIdle(Math.min(2, address.poolSize()));
    config.setConnectionTimeout(CONNECT.toMillis());
    config.setValidationTimeout(1_000);
    config.setInitializationFailTimeout(CONNECT.toMillis());
    config.setKeepaliveTime(30_000);
    return new HikariDataSource(config);
  }

  /** Every connection of ours looks like this. */
  private static DataSource source(DatabaseSettings.Server address, Duration silence) {
    var source = new PGSimpleDataSource();
    source.setUrl(address.url());
    source.setUser(address.user());
    source.setPassword(address.password());
    source.setApplicationName("tocsin");
    source.setCurrentSchema(DatabaseSettings.SCHEMA + ",public");
    source.setConnectTimeout((int) CONNECT.toSeconds());
    source.setLoginTimeout((int) CONNECT.toSeconds());
    source.setSocketTimeout((int) silence.toSeconds());
    source.setTcpKeepAlive(true);
    source.setReWriteBatchedInserts(true);
    // The server gives up first, so that a statement we no longer wait for does not go on there.
    long statement = silence.isZero() ? 0 : silence.minus(GRACE).toMillis();
    source.setOptions("-c statement_timeout=" + statement);
    return source;
  }
}
