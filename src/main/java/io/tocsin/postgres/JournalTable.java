package io.tocsin.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The journal's rows. Each node has a partition of its own, cut into slices of {@link #SLICE} numbers;
 * the node that writes makes its slices, a checkpoint drops the ones it covers. Numbers have gaps: a
 * checkpoint lets the next entry begin a new slice.
 */
final class JournalTable {
  /** Numbers per slice. */
  static final long SLICE = 1 << 16;

  private JournalTable() {}

  /** One row. */
  record Entry(long seq, byte[] payload) {}

  /** Makes a node's partition. */
  static void prepare(Connection connection, int node) throws SQLException {
    execute(
        connection,
        "CREATE TABLE IF NOT EXISTS %s PARTITION OF journal FOR VALUES IN (%d) PARTITION BY RANGE (seq)"
            .formatted(name(node), node));
  }

  private static String name(int node) {
    return "journal_n" + node;
  }

  /** First number of the slice after the one that holds a number. */
  static long nextSlice(long seq) {
    return (seq / SLICE + 1) * SLICE;
  }

  /** Makes the slice that begins at a number. */
  static void addSlice(Connection connection, int node, long from) throws SQLException {
    execute(
        connection,
        "CREATE TABLE IF NOT EXISTS %1$s_s%2$d PARTITION OF %1$s FOR VALUES FROM (%2$d) TO (%3$d)"
            .formatted(name(node), from, from + SLICE));
  }

  /** Drops a node's slices that hold nothing above a number. */
  static void dropSlices(Connection connection, int node, long coveredSeq) throws SQLException {
    var slices = new ArrayList<String>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = to_regclass(?)")) {
      query.setString(1, name(node));
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        slices.add(rows.getString(1));
      }
    }
    for (String slice : slices) {
      long from = Long.parseLong(slice.substring(slice.lastIndexOf("_s") + 2));
      if (from + SLICE - 1 <= coveredSeq) {
        execute(connection, "DROP TABLE " + slice);
      }
    }
  }

  /** One entry, one commit. */
  static void append(Connection connection, int node, long seq, byte[] payload)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO journal (node, seq, payload) VALUES (?, ?, ?)")) {
      insert.setInt(1, node);
      insert.setLong(2, seq);
      insert.setBytes(3, payload);
      insert.executeUpdate();
    }
  }

  static boolean holds(Connection connection, int node, long seq) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT FROM journal WHERE node = ? AND seq = ?")) {
      query.setInt(1, node);
      query.setLong(2, seq);
      return query.executeQuery().next();
    }
  }

  /** The highest number a node has used, whether its entry is still there or in blocks. */
  static long lastSeq(Connection connection, int node) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT greatest(checkpoint_seq, (SELECT max(seq) FROM journal WHERE node = ?))
            FROM node WHERE id = ?
            """)) {
      query.setInt(1, node);
      query.setInt(2, node);
      ResultSet row = query.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  /** A node's entries after a number, in order, at most so many. */
  static List<Entry> after(Connection connection, int node, long seq, int limit)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT seq, payload FROM journal WHERE node = ? AND seq > ? ORDER BY seq LIMIT ?")) {
      query.setInt(1, node);
      query.setLong(2, seq);
      query.setInt(3, limit);
      ResultSet rows = query.executeQuery();
      var entries = new ArrayList<Entry>();
      while (rows.next()) {
        entries.add(new Entry(rows.getLong(1), rows.getBytes(2)));
      }
      return entries;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
