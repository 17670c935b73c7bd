package io.tocsin.ingest;

import io.tocsin.label.Labels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Labels by the very bytes they came in, so that a series seen before costs a hash and a look-up.
 * The bytes themselves are not kept: they are known by 128 bits of a hash under a secret of this
 * process, so that nobody can make two series meet; ten million series do so by chance with a
 * probability of 2e-25. What has not come for long is forgotten. Safe for any number of threads.
 */
public final class SeenSeries {
  /** Decodes labels from the bytes between two positions, when they are new. */
  interface Decoding {
    Labels decode(int from, int to);
  }

  private static final int MOST_PLACES = 1 << 24;
  private static final int MOST_STRINGS = 1 << 17;

  /** After so many look-ups for each series, those that nobody asked for are forgotten. */
  private static final long LOOK_UPS_EACH = 64;

  private final SecretHash hash = new SecretHash();
  private final int mostPlaces;
  private final ReentrantLock adding = new ReentrantLock();
  private final Map<String, String> strings = new ConcurrentHashMap<>();
  private volatile SeenTable table = new SeenTable(SeenTable.SMALLEST);
  private long lookUps;

  /**
   * @param expected about how many series will come; memory for as many is taken as they come
   */
  public SeenSeries(int expected) {
    int places = SeenTable.SMALLEST;
    while (places < MOST_PLACES && places / 4 * 3 < expected) {
      places *= 2;
    }
    mostPlaces = places;
  }

  /** The labels in {@code bytes[from, to)}, decoded unless they were seen before. */
  Labels labels(Format format, byte[] bytes, int from, int to, Decoding decoding) {
    return labels(format, 0, bytes, from, to, decoding);
  }

  /**
   * As above, where the same bytes can mean several things.
   *
   * @param meaning which of them, from 0 to 255
   */
  Labels labels(Format format, int meaning, byte[] bytes, int from, int to, Decoding decoding) {
    SecretHash.Key key = hash.of(bytes, from, to, format.ordinal() << 8 | meaning);
    @Nullable Labels known = table.find(key);
    if (known != null) {
      return known;
    }
    Labels fresh = decoding.decode(from, to);
    return keep(key, fresh);
  }

  /** The labels that others kept meanwhile, else these. */
  private Labels keep(SecretHash.Key key, Labels fresh) {
    adding.lock();
    try {
      @Nullable Labels other = table.find(key);
      if (other != null) {
        return other;
      }
      if (table.full()) {
        table = table.places() < mostPlaces ? table.grown() : table.swept();
      }
      if (!table.full()) {
        table.add(key, fresh);
      }
      return fresh;
    } finally {
      adding.unlock();
    }
  }

  /** Tells how many series were looked up in one request, so that old ones can be told from new. */
  void lookedUp(int series) {
    if (adding.tryLock()) {
      try {
        lookUps += series;
        if (lookUps > LOOK_UPS_EACH * Math.max(SeenTable.SMALLEST, table.size())) {
          lookUps = 0;
          table = table.swept();
        }
      } finally {
        adding.unlock();
      }
    }
  }

  /** The one copy of a name or value that all labels share; forgotten now and then as a whole. */
  String shared(String text) {
    @Nullable String known = strings.get(text);
    if (known != null) {
      return known;
    }
    if (strings.size() >= MOST_STRINGS) {
      strings.clear();
    }
    @Nullable String other = strings.putIfAbsent(text, text);
    return other == null ? text : other;
  }
}
