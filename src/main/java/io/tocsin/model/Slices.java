package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The past cut into slices of time, each holding some tally; slices older than the recent stretch
 * are merged into coarse ones, and what is older than the history is forgotten. Bounded: at most
 * {@code (recent + coarse) / fine + history / coarse} slices, empty ones cost nothing.
 */
final class Slices<S extends Slices.Tally<S>> {

  /** What a slice holds. */
  interface Tally<S> {
    /** Adds the other's rows to these. */
    void merge(S other);

    void write(DataOutput out) throws IOException;
  }

  /** Reads a tally back. */
  interface TallyReader<S> {
    S read(DataInput in) throws IOException;
  }

  private record Slice<S>(long start, long length, S tally) {
    long end() {
      return start + length;
    }
  }

  private final TreeMap<Long, Slice<S>> byStart = new TreeMap<>();
  private final Supplier<S> fresh;
  private Retention retention;
  private long merged = Long.MIN_VALUE;

  Slices(Retention retention, Supplier<S> fresh) {
    this.retention = retention;
    this.fresh = fresh;
  }

  void retain(Retention changed) {
    retention = changed;
  }

  /** The tally of the slice a time lies in. */
  S at(long time) {
    Map.Entry<Long, Slice<S>> floor = byStart.floorEntry(time);
    if (floor != null && time < floor.getValue().end()) {
      return floor.getValue().tally();
    }
    long start = Math.floorDiv(time, retention.fine()) * retention.fine();
    long length = retention.fine();
    if (floor != null && floor.getValue().end() > start) {
      // Slices cut at another length, before a change of configuration, keep their edges.
      start = floor.getValue().end();
      length = Math.floorDiv(time, retention.fine()) * retention.fine() + length - start;
    }
    Long next = byStart.higherKey(start);
    var slice =
        new Slice<>(start, next == null ? length : Math.min(length, next - start), fresh.get());
    byStart.put(start, slice);
    return slice.tally();
  }

  /** Whether a time is too old to be kept. */
  boolean forgotten(long time, long now) {
    return time < now - retention.history();
  }

  /** Merges what has become old and drops what is too old. */
  void age(long now) {
    while (!byStart.isEmpty()
        && byStart.firstEntry().getValue().end() <= now - retention.history()) {
      byStart.pollFirstEntry();
    }
    long boundary =
        Math.floorDiv(now - retention.recent(), retention.coarse()) * retention.coarse();
    if (boundary <= merged || retention.coarse() == retention.fine()) {
      return;
    }
    merged = boundary;
    var coarse = new TreeMap<Long, Slice<S>>();
    var old = byStart.headMap(boundary);
    for (Slice<S> slice : old.values()) {
      Slice<S> last = coarse.isEmpty() ? null : coarse.lastEntry().getValue();
      long start = Math.floorDiv(slice.start(), retention.coarse()) * retention.coarse();
      if (last != null && last.start() >= start && slice.end() <= start + retention.coarse()) {
        last.tally().merge(slice.tally());
        coarse.put(
            last.start(), new Slice<>(last.start(), slice.end() - last.start(), last.tally()));
      } else {
        coarse.put(slice.start(), slice);
      }
    }
    old.clear();
    byStart.putAll(coarse);
  }

  /** The tallies of the slices that lie wholly in {@code [from, to)}. */
  List<S> between(long from, long to) {
    var inside = new ArrayList<S>();
    for (Slice<S> slice : byStart.subMap(from, to).values()) {
      if (slice.end() <= to) {
        inside.add(slice.tally());
      }
    }
    return inside;
  }

  /** The tallies of the slices that begin in the stretch before now, the one under way included. */
  List<S> last(long lengthMillis, long now) {
    return byStart.subMap(now - lengthMillis, true, now, true).values().stream()
        .map(Slice::tally)
        .toList();
  }

  List<S> all() {
    return byStart.values().stream().map(Slice::tally).toList();
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(byStart.size());
    for (Slice<S> slice : byStart.values()) {
      out.writeLong(slice.start());
      out.writeLong(slice.length());
      slice.tally().write(out);
    }
  }

  /** Puts slices back as they were written. */
  void read(DataInput in, TallyReader<S> reader) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      long start = in.readLong();
      byStart.put(start, new Slice<>(start, in.readLong(), reader.read(in)));
    }
  }
}
