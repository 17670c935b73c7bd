package io.tocsin.ingest;

import io.tocsin.label.Labels;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Labels by the very bytes they came in, so that a series seen before costs a hash and a
 * comparison. A fixed number of places, four for each hash; when those are taken one of them is
 * given up. Safe for any number of threads: entries are immutable and a lost race costs a second
 * decoding, nothing else.
 */
public final class SeenSeries {
  /** Decodes labels from the bytes between two positions, when they are new. */
  interface Decoding {
    Labels decode(int from, int to);
  }

  private static final int WAYS = 4;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  private record Entry(long hash, Format format, byte[] raw, Labels labels) {}

  private final @Nullable Entry[] entries;
  private final int mask;
  private final Map<String, String> strings = new ConcurrentHashMap<>();

  /**
   * @param expected about how many series will come; memory for as many is taken as they come
   */
  public SeenSeries(int expected) {
    int sets = Integer.highestOneBit(Math.max(16, Math.min(expected, 1 << 26) / 2));
    entries = new Entry[sets * WAYS];
    mask = sets - 1;
  }

  /** Formats start from different numbers, so that they do not share an entry. */
  private static long hash(Format format, byte[] bytes, int from, int to) {
    long hash = format.name().hashCode() * 0x9e3779b97f4a7c15L + (to - from);
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = mixed(hash, (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << 8 | (bytes[at] & 0xff);
    }
    hash = mixed(hash, rest);
    return hash ^ hash >>> 29;
  }

  private static long mixed(long hash, long word) {
    long mixed = (hash ^ word) * 0x9fb21c651e98df25L;
    return mixed ^ mixed >>> 32;
  }

  /** The labels in {@code bytes[from, to)}, decoded unless they were seen before. */
  Labels labels(Format format, byte[] bytes, int from, int to, Decoding decoding) {
    long hash = hash(format, bytes, from, to);
    @Nullable Labels known = find(hash, format, bytes, from, to);
    if (known != null) {
      return known;
    }
    Labels fresh = decoding.decode(from, to);
    keep(new Entry(hash, format, Arrays.copyOfRange(bytes, from, to), fresh));
    return fresh;
  }

  private @Nullable Labels find(long hash, Format format, byte[] bytes, int from, int to) {
    int first = ((int) hash & mask) * WAYS;
    for (int i = first; i < first + WAYS; i++) {
      Entry entry = entries[i];
      if (entry != null
          && entry.hash == hash
          && entry.format == format
          && Arrays.equals(entry.raw, 0, entry.raw.length, bytes, from, to)) {
        return entry.labels;
      }
    }
    return null;
  }

  /** The one copy of a name or value that all labels share; forgotten now and then as a whole. */
  String shared(String text) {
    if (strings.size() >= entries.length) {
      strings.clear();
    }
    @Nullable String known = strings.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private void keep(Entry entry) {
    int first = ((int) entry.hash & mask) * WAYS;
    int place = first + (int) (entry.hash >>> 60 & (WAYS - 1));
    for (int i = first; i < first + WAYS; i++) {
      if (entries[i] == null) {
        place = i;
        break;
      }
    }
    entries[place] = entry;
  }
}
