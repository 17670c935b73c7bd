package io.tocsin.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who evaluates. One node holds a session's advisory lock on a connection of its own and has
 * counted up {@code leadership.epoch}; every commit checks the epoch, so a node that was succeeded
 * without noticing cannot write. A leader that lost its connection leads on until another has
 * counted.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS">Advisory
 *     locks</a>
 */
public final class Leadership implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Leadership.class);

  /** "tocsin" in ASCII: the key of the lock, the same in every version. */
  private static final long LOCK = 0x746f6373696eL;

  private static final Duration SILENCE = Duration.ofSeconds(3);
  private static final long NONE = -1;

  private final Database database;
  private final Node node;
  private @Nullable Connection connection;
  private boolean holding;
  private volatile long epoch = NONE;

  public Leadership(Database database, Node node) {
    this.database = database;
    this.node = node;
  }

  /** The epoch while this node leads, as far as it knows. */
  public OptionalLong epoch() {
    long now = epoch;
    return now == NONE ? OptionalLong.empty() : OptionalLong.of(now);
  }

  /**
   * Takes the lead if it is free, keeps it if it is held; to be called every second. Blocks at most
   * a few seconds. While the database is away nothing changes.
   *
   * @return whether this node leads now, as far as it knows
   */
  public synchronized boolean campaign() {
    try {
      Connection own = connection == null ? connect() : connection;
      connection = own;
      long counted = counted(own);
      if (epoch == NONE || epoch != counted || !holding) {
        contend(own, counted);
      }
    } catch (SQLException failed) {
      log.warn("no word from the database about the lead: {}", failed.getMessage());
      disconnect();
    }
    return epoch != NONE;
  }

  private Connection connect() throws SQLException {
    Connection fresh = database.dedicated(SILENCE);
    try (var statement = fresh.createStatement()) {
      // The server, too, shall notice within seconds that this node is gone, and free the lock.
      statement.execute(
          """
          SET tcp_keepalives_idle = 1; SET tcp_keepalives_interval = 1;
          SET tcp_keepalives_count = 3; SET tcp_user_timeout = 3000\
          """);
    }
    return fresh;
  }

  private static long counted(Connection own) throws SQLException {
    try (var statement = own.createStatement()) {
      var row = statement.executeQuery("SELECT epoch FROM leadership");
      row.next();
      return row.getLong(1);
    }
  }

  private void contend(Connection own, long counted) throws SQLException {
    try (var statement = own.createStatement()) {
      var locked = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")");
      locked.next();
      holding = locked.getBoolean(1);
    }
    if (epoch == counted) {
      return;
    }
    epoch = NONE;
    if (holding) {
      epoch = count(own);
      log.info("node {} leads, epoch {}", node.name(), epoch);
    }
  }

  private long count(Connection own) throws SQLException {
    try (var update =
        own.prepareStatement(
            "UPDATE leadership SET epoch = epoch + 1, node = ?, taken_at = now() RETURNING"
                + " epoch")) {
      update.setInt(1, node.id());
      var row = update.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  private void disconnect() {
    Connection held = connection;
    connection = null;
    holding = false;
    if (held != null) {
      try {
        held.close();
      } catch (SQLException alreadyGone) {
        log.debug("closing the leader's connection", alreadyGone);
      }
    }
  }

  /** Gives the lead up at once. */
  @Override
  public synchronized void close() {
    epoch = NONE;
    disconnect();
  }
}
