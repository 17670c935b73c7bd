package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Rows of all versions by local day, for the daily report: kept for days where the sliding slices
 * may be gone within the hour. A day is cut into quarters, counted from its midnight, because a
 * tally counts in ints. Bounded: {@link #KEPT} and a day that goes on, at most five quarters each.
 */
final class DayTallies<S extends Slices.Tally<S>> {

  /** How long a day is known; that of yesterday and three to compare it with. */
  static final Duration KEPT = Duration.ofDays(4);

  private static final long QUARTER = Duration.ofHours(6).toMillis();

  /** Longer than any day with a change of clocks, so that a day is forgotten whole. */
  private static final long FORGOTTEN = KEPT.plusDays(1).plusHours(2).toMillis();

  private final TreeMap<Long, S> byStart = new TreeMap<>();
  private final Supplier<S> fresh;
  private ZoneId zone;
  private long dayStart;
  private long dayEnd;

  DayTallies(ZoneId zone, Supplier<S> fresh) {
    this.zone = zone;
    this.fresh = fresh;
  }

  /** Cuts days at another zone's midnights from now on; what is counted keeps its quarter. */
  void zone(ZoneId changed) {
    if (!zone.equals(changed)) {
      zone = changed;
      dayStart = 0;
      dayEnd = 0;
    }
  }

  /** Whether rows of a time are still counted, so that a late row finds its day. */
  static boolean kept(long time, long now) {
    return time >= now - KEPT.toMillis();
  }

  /** The tally of the quarter a time lies in. */
  S at(long time) {
    if (time < dayStart || time >= dayEnd) {
      var day = Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
      dayStart = day.atStartOfDay(zone).toInstant().toEpochMilli();
      dayEnd = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
    }
    long start = dayStart + (time - dayStart) / QUARTER * QUARTER;
    return byStart.computeIfAbsent(start, absent -> fresh.get());
  }

  /** The tallies of the quarters that begin within a stretch. */
  List<S> within(Span stretch) {
    return List.copyOf(byStart.subMap(stretch.from(), stretch.to()).values());
  }

  List<S> all() {
    return List.copyOf(byStart.values());
  }

  void age(long now) {
    byStart.headMap(now - FORGOTTEN).clear();
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(byStart.size());
    for (Map.Entry<Long, S> quarter : byStart.entrySet()) {
      out.writeLong(quarter.getKey());
      quarter.getValue().write(out);
    }
  }

  /** Puts quarters back as they were written. */
  void read(DataInput in, Slices.TallyReader<S> reader) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      byStart.put(in.readLong(), reader.read(in));
    }
  }
}
