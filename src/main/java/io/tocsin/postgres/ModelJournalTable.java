package io.tocsin.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of the models' journal, in two parts. */
final class ModelJournalTable {

  private static final String[] PARTS = {"model_journal_a", "model_journal_b"};

  private ModelJournalTable() {}

  /** One row; nobody compares rows. */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(long seq, String model, byte[] bytes) {}

  /** Writes entries in one commit. */
  static void append(Connection connection, int part, List<Entry> entries) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO %s (seq, model, entry) VALUES (?, ?, ?)".formatted(PARTS[part]))) {
      for (Entry entry : entries) {
        insert.setLong(1, entry.seq());
        insert.setString(2, Documents.text(entry.model()));
        insert.setBytes(3, entry.bytes());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
  }

  /** Entries after a number, in order, at most so many. */
  static List<Entry> after(Connection connection, long seq, int limit) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT seq, model, entry FROM (
              SELECT seq, model, entry FROM model_journal_a WHERE seq > ?
              UNION ALL SELECT seq, model, entry FROM model_journal_b WHERE seq > ?) parts
            ORDER BY seq LIMIT ?
            """)) {
      query.setLong(1, seq);
      query.setLong(2, seq);
      query.setInt(3, limit);
      ResultSet rows = query.executeQuery();
      var entries = new ArrayList<Entry>();
      while (rows.next()) {
        entries.add(new Entry(rows.getLong(1), rows.getString(2), rows.getBytes(3)));
      }
      return entries;
    }
  }

  static boolean holds(Connection connection, long seq) throws SQLException {
    List<Entry> next = after(connection, seq - 1, 1);
    return !next.isEmpty() && next.getFirst().seq() == seq;
  }

  /** The highest number ever used. */
  static long lastSeq(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      ResultSet row =
          statement.executeQuery(
              """
              SELECT greatest(seq, (SELECT max(seq) FROM model_journal_a),
                (SELECT max(seq) FROM model_journal_b)) FROM model_journal_end
              """);
      row.next();
      return row.getLong(1);
    }
  }

  /** Empties a part; waits little for those who read it, since writers would queue up behind us. */
  static void empty(Connection connection, int part, long lastSeq) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SET LOCAL lock_timeout = '500ms'");
      statement.execute("UPDATE model_journal_end SET seq = greatest(seq, %d)".formatted(lastSeq));
      statement.execute("TRUNCATE " + PARTS[part]);
    }
    connection.commit();
  }
}
