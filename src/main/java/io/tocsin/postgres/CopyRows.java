package io.tocsin.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Rows for {@code COPY ... FROM STDIN} in its text format, column after column: the cheapest way
 * into a table, at the price that one row already there refuses all.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, text format</a>
 */
final class CopyRows {
  private final StringBuilder rows = new StringBuilder(4096);
  private boolean begun;

  private StringBuilder next() {
    if (begun) {
      rows.append('\t');
    }
    begun = true;
    return rows;
  }

  CopyRows text(String text) {
    next();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\t' -> rows.append("\\t");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        case '\0' -> rows.append('\ufffd');
        default -> rows.append(c);
      }
    }
    return this;
  }

  CopyRows number(double value) {
    next().append(value);
    return this;
  }

  CopyRows number(long value) {
    next().append(value);
    return this;
  }

  /** To the microsecond, which is all the server keeps. */
  CopyRows instant(Instant at) {
    next().append(at);
    return this;
  }

  CopyRows nothing() {
    next().append("\\N");
    return this;
  }

  CopyRows text(Optional<String> text) {
    return text.map(this::text).orElseGet(this::nothing);
  }

  CopyRows instant(Optional<Instant> at) {
    return at.map(this::instant).orElseGet(this::nothing);
  }

  /** Ends a row. */
  void end() {
    rows.append('\n');
    begun = false;
  }

  /**
   * Writes the rows and forgets them.
   *
   * @param columns names, with commas between them
   */
  void into(Connection connection, String table, String columns) throws SQLException {
    byte[] bytes = rows.toString().getBytes(UTF_8);
    rows.setLength(0);
    var copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table + " (" + columns + ") FROM STDIN");
    try {
      copy.writeToCopy(bytes, 0, bytes.length);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }
}
