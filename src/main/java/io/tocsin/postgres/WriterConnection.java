package io.tocsin.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of one writer, outside the pool; lost and opened anew. For one thread. */
final class WriterConnection {
  private static final Logger log = LoggerFactory.getLogger(WriterConnection.class);

  private final Database database;
  private final Duration silence;
  private final String writer;
  private @Nullable Connection connection;

  /**
   * @param silence after which an unanswered statement has failed
   * @param writer whose it is, for the log
   */
  WriterConnection(Database database, Duration silence, String writer) {
    this.database = database;
    this.silence = silence;
    this.writer = writer;
  }

  /** A fresh one, in the place of what was there. */
  Connection open() throws SQLException {
    Connection fresh = database.dedicated(silence);
    connection = fresh;
    return fresh;
  }

  /**
   * @throws SQLException when it is not open
   */
  Connection get() throws SQLException {
    Connection open = connection;
    if (open == null) {
      throw new SQLException("not connected");
    }
    return open;
  }

  void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException alreadyGone) {
        log.debug("closing the connection of {}", writer, alreadyGone);
      }
    }
  }
}
