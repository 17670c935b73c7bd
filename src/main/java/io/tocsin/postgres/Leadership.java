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
 * counted up {@code leadership.epoch}; every commit checks the epoch, so a node that lost the lock
 * without noticing cannot write.
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

  private final Database database;
  private final Node node;
  private @Nullable Connection connection;
  private volatile long epoch = NONE;

  private static final long NONE = -1;

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
   * a few seconds.
   *
   * @return whether this node leads now
   */
  public synchronized boolean campaign() {
    try {
      Connection held = connection;
      if (held != null && epoch != NONE) {
        return alive(held);
      }
      return take();
    } catch (SQLException failed) {
      log.warn("leadership lost: {}", failed.getMessage());
      release();
      return false;
    }
  }

  private static boolean alive(Connection held) throws SQLException {
    try (var statement = held.createStatement()) {
      return statement.execute("SELECT 1");
    }
  }

  private boolean take() throws SQLException {
    Connection own = connection;
    if (own == null) {
      own = database.dedicated(SILENCE);
      connection = own;
    }
    try (var statement = own.createStatement()) {
      var locked = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")");
      if (!locked.next() || !locked.getBoolean(1)) {
        return false;
      }
    }
    try (var update =
        own.prepareStatement(
            "UPDATE leadership SET epoch = epoch + 1, node = ?, taken_at = now() RETURNING"
                + " epoch")) {
      update.setInt(1, node.id());
      var row = update.executeQuery();
      row.next();
      epoch = row.getLong(1);
    }
    log.info("node {} leads, epoch {}", node.name(), epoch);
    return true;
  }

  private void release() {
    epoch = NONE;
    Connection held = connection;
    connection = null;
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
    release();
  }
}
