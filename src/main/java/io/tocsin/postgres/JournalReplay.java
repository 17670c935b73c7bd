package io.tocsin.postgres;

import io.tocsin.series.JournalCodec;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SeriesIds;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journals of all nodes into the store: once at the start what no checkpoint covers,
 * later what other nodes have written since. Keeps one position per node.
 */
public final class JournalReplay {
  private static final Logger log = LoggerFactory.getLogger(JournalReplay.class);
  private static final int PAGE = 64;

  private final Database database;
  private final SeriesIds ids;
  private final MemoryStore store;
  private final Map<Integer, JournalCodec.Decoder> decoders = new HashMap<>();
  private final Map<Integer, Long> positions = new TreeMap<>();
  private long corrupt;

  public JournalReplay(Database database, SeriesIds ids, MemoryStore store) {
    this.database = database;
    this.ids = ids;
    this.store = store;
  }

  /** What a replay brought. */
  public record Result(long entries, long samples, long corrupt) {}

  /** Everything that no checkpoint covers, of every node, this one included. */
  public synchronized Result all() {
    database.jdbi().useHandle(handle -> SeriesTable.learn(handle, ids));
    return read(-1);
  }

  /** What the other nodes have written since the last call. */
  public synchronized Result others(Node self) {
    return read(self.id());
  }

  /** Up to where each other node's journal is in the store, by node. */
  synchronized Map<Integer, Long> positions() {
    return Map.copyOf(positions);
  }

  private Result read(int except) {
    long entries = 0;
    long samples = 0;
    try (Connection connection = database.dedicated(Duration.ofSeconds(60))) {
      for (int node : nodes(connection)) {
        if (node == except) {
          continue;
        }
        List<JournalTable.Entry> page;
        do {
          page = JournalTable.after(connection, node, positions.getOrDefault(node, 0L), PAGE);
          for (JournalTable.Entry entry : page) {
            samples += apply(node, entry);
            positions.put(node, entry.seq());
          }
          entries += page.size();
        } while (page.size() == PAGE);
      }
    } catch (SQLException failed) {
      throw new DatabaseProblem("cannot read the journal: " + failed.getMessage(), failed);
    }
    return new Result(entries, samples, corrupt);
  }

  /** All nodes; the start of one not read before is its checkpoint. */
  private List<Integer> nodes(Connection connection) throws SQLException {
    var nodes = new ArrayList<Integer>();
    try (var statement = connection.createStatement()) {
      var rows = statement.executeQuery("SELECT id, checkpoint_seq FROM node ORDER BY id");
      while (rows.next()) {
        positions.putIfAbsent(rows.getInt(1), rows.getLong(2));
        nodes.add(rows.getInt(1));
      }
    }
    return nodes;
  }

  private int apply(int node, JournalTable.Entry entry) {
    try {
      JournalCodec.Entry read =
          decoders
              .computeIfAbsent(node, number -> new JournalCodec.Decoder())
              .decode(entry.payload());
      read.newSeries().forEach(series -> ids.learn(series.id(), series.labels()));
      store.restore(read.samples());
      return read.samples().size();
    } catch (JournalCodec.CorruptJournal damaged) {
      corrupt++;
      log.error("journal entry {} of node {} is lost: {}", entry.seq(), node, damaged.getMessage());
      return 0;
    }
  }
}
