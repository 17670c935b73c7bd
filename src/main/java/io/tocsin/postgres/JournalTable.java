package io.tocsin.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The journal's rows. Each node has a partition of its own, cut into slices of {@link #SLICE}
 * numbers; the node that writes makes its slices, a checkpoint drops the ones it covers. Numbers
 * have gaps: a checkpoint lets the next entry begin a new slice.
 */
final class JournalTable {
  /** Numbers per slice. */
  static final long SLICE = 1 << 16;

  private JournalTable() {}

  /** One row; nobody compares rows. */
  @SuppressWarnings("ArrayRecordComponent")
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

  /**
   * Makes the slice that begins at a number. Attached, not created in place: that would wait for
   * every reader of the journal, a backup included.
   */
  static void addSlice(Connection connection, int node, long from) throws SQLException {
    String slice = name(node) + "_s" + from;
    if (slices(connection, node).contains(slice)) {
      return;
    }
    execute(
        connection,
        "CREATE TABLE IF NOT EXISTS %s (LIKE %s INCLUDING ALL)".formatted(slice, name(node)));
    execute(
        connection,
        "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)"
            .formatted(name(node), slice, from, from + SLICE));
  }

  /**
   * Drops a node's slices that hold nothing above a number. A slice that somebody reads for long is
   * left to the next time, since writers would queue up behind us.
   */
  static void dropSlices(Connection connection, int node, long coveredSeq) throws SQLException {
    execute(connection, "SET lock_timeout = '500ms'");
    for (String slice : slices(connection, node)) {
      long from = Long.parseLong(slice.substring(slice.lastIndexOf("_s") + 2));
      if (from + SLICE - 1 <= coveredSeq) {
        execute(connection, "DROP TABLE " + slice);
      }
    }
  }

  private static Set<String> slices(Connection connection, int node) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid
            WHERE inhparent = to_regclass(?)
            """)) {
      query.setString(1, name(node));
      ResultSet rows = query.executeQuery();
      var slices = new TreeSet<String>();
      while (rows.next()) {
        slices.add(rows.getString(1));
      }
      return slices;
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
