package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * How wrong the answers were, in the order in which their truths arrived: what a change detector
 * reads. The newest {@link #MOST} are kept, also over a restart, under the same numbers.
 */
final class ErrorLog {

  static final int MOST = 20_000;

  private final ArrayDeque<Judgment> log = new ArrayDeque<>();
  private long end;

  void add(long predictedAt, String version, double error) {
    log.addLast(new Judgment(end++, predictedAt, version, error));
    if (log.size() > MOST) {
      log.removeFirst();
    }
  }

  /** The number after the newest. */
  long end() {
    return end;
  }

  /** Those from a number on that are still kept, oldest first. */
  List<Judgment> from(long number) {
    var found = new ArrayList<Judgment>();
    for (var newest = log.descendingIterator(); newest.hasNext(); ) {
      Judgment one = newest.next();
      if (one.number() < number) {
        break;
      }
      found.add(one);
    }
    return found.reversed();
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(end);
    out.writeInt(log.size());
    for (Judgment one : log) {
      out.writeLong(one.predictedAt());
      out.writeUTF(one.version());
      out.writeDouble(one.error());
    }
  }

  void read(DataInput in) throws IOException {
    long last = in.readLong();
    int size = in.readInt();
    end = last - size;
    for (int i = 0; i < size; i++) {
      add(in.readLong(), in.readUTF().intern(), in.readDouble());
    }
  }
}
