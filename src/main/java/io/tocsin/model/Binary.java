package io.tocsin.model;

import io.tocsin.drift.NumericReference;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parts of a snapshot that several of its owners write: arrays, counts, bins. */
final class Binary {

  private Binary() {}

  static void writeDoubles(DataOutput out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static double[] readDoubles(DataInput in) throws IOException {
    var values = new double[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  static void writeLongs(DataOutput out, long[] values) throws IOException {
    out.writeInt(values.length);
    for (long value : values) {
      out.writeLong(value);
    }
  }

  static long[] readLongs(DataInput in) throws IOException {
    var values = new long[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readLong();
    }
    return values;
  }

  static void writeCounts(DataOutput out, Map<String, Long> counts) throws IOException {
    out.writeInt(counts.size());
    for (var entry : counts.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeLong(entry.getValue());
    }
  }

  static Map<String, Long> readCounts(DataInput in) throws IOException {
    var counts = new HashMap<String, Long>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      counts.put(in.readUTF(), in.readLong());
    }
    return counts;
  }

  static void writeReference(DataOutput out, Optional<NumericReference> reference)
      throws IOException {
    out.writeBoolean(reference.isPresent());
    if (reference.isEmpty()) {
      return;
    }
    writeDoubles(out, reference.get().edges());
    for (boolean decile : reference.get().isDecile()) {
      out.writeBoolean(decile);
    }
    writeLongs(out, reference.get().counts());
    writeDoubles(out, reference.get().values());
  }

  static Optional<NumericReference> readReference(DataInput in) throws IOException {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    double[] edges = readDoubles(in);
    var deciles = new boolean[edges.length];
    for (int i = 0; i < deciles.length; i++) {
      deciles[i] = in.readBoolean();
    }
    return Optional.of(NumericReference.restore(edges, deciles, readLongs(in), readDoubles(in)));
  }
}
