package io.tocsin.ingest;

import io.tocsin.label.Labels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Labels by 128 bits of hash, with open addressing. A place is filled once and never changed, its
 * first half last, so that readers need no lock; one thread at a time adds. What grows or forgets
 * is a new table.
 */
final class SeenTable {
  /** Places of the smallest table. */
  static final int SMALLEST = 1 << 10;

  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] hashes;
  private final @Nullable Labels[] labels;
  private final byte[] used;
  private final int mask;
  private int size;

  /**
   * @param places a power of two
   */
  SeenTable(int places) {
    hashes = new long[2 * places];
    labels = new Labels[places];
    used = new byte[places];
    mask = places - 1;
  }

  int places() {
    return labels.length;
  }

  /** For the one that adds: whether nothing more may be added. */
  boolean full() {
    return size >= labels.length / 4 * 3;
  }

  /** How many it holds, as far as the reader knows. */
  int size() {
    return size;
  }

  @Nullable Labels find(SecretHash.Key key) {
    int place = (int) key.low() & mask;
    while (true) {
      long there = (long) LONGS.getAcquire(hashes, 2 * place);
      if (there == key.high() && hashes[2 * place + 1] == key.low()) {
        if (used[place] == 0) {
          used[place] = 1;
        }
        return labels[place];
      }
      if (there == 0) {
        return null;
      }
      place = place + 1 & mask;
    }
  }

  /** For one thread at a time: the key must not be there and the table not full. */
  void add(SecretHash.Key key, Labels found) {
    used[add(key.high(), key.low(), found)] = 1;
  }

  private int add(long high, long low, @Nullable Labels found) {
    int place = (int) low & mask;
    while (hashes[2 * place] != 0) {
      place = place + 1 & mask;
    }
    labels[place] = found;
    hashes[2 * place + 1] = low;
    LONGS.setRelease(hashes, 2 * place, high);
    size++;
    return place;
  }

  /** All of it in a table twice as large. */
  SeenTable grown() {
    return copied(2 * labels.length, false);
  }

  /** Only what was found since this table was made, in one that has as much room again. */
  SeenTable swept() {
    int kept = 0;
    for (byte one : used) {
      kept += one;
    }
    int places = SMALLEST;
    while (places < labels.length && places / 2 <= kept) {
      places *= 2;
    }
    return copied(places, true);
  }

  private SeenTable copied(int places, boolean onlyUsed) {
    var fresh = new SeenTable(places);
    for (int place = 0; place < labels.length && !fresh.full(); place++) {
      if (hashes[2 * place] != 0 && (!onlyUsed || used[place] != 0)) {
        fresh.add(hashes[2 * place], hashes[2 * place + 1], labels[place]);
      }
    }
    return fresh;
  }
}
