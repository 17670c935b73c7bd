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

  /** A count in as few bytes as it takes: seven bits each, the low ones first. */
  static void writeCount(DataOutput out, long count) throws IOException {
    long left = count;
    while ((left & ~0x7fL) != 0) {
      out.writeByte((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    out.writeByte((int) left);
  }

  static long readCount(DataInput in) throws IOException {
    long count = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte part = in.readByte();
      count |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return count;
      }
    }
    throw new IOException("a count of more than 64 bits");
  }

  static void writeSmall(DataOutput out, int[] counts) throws IOException {
    writeCount(out, counts.length);
    for (int count : counts) {
      writeCount(out, count & 0xffffffffL);
    }
  }

  static int[] readSmall(DataInput in) throws IOException {
    var counts = new int[Math.toIntExact(readCount(in))];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (int) readCount(in);
    }
    return counts;
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

  static void writeValue(DataOutput out, FeatureValue value) throws IOException {
    switch (value) {
      case FeatureValue.Numeric(double number) -> {
        out.writeByte('n');
        out.writeDouble(number);
      }
      case FeatureValue.Category(String name) -> {
        out.writeByte('c');
        out.writeUTF(name);
      }
      case FeatureValue.Flag(boolean flag) -> {
        out.writeByte('f');
        out.writeBoolean(flag);
      }
      case FeatureValue.Missing ignored -> out.writeByte('-');
    }
  }

  static FeatureValue readValue(DataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'n' -> new FeatureValue.Numeric(in.readDouble());
      case 'c' -> new FeatureValue.Category(in.readUTF());
      case 'f' -> new FeatureValue.Flag(in.readBoolean());
      case '-' -> FeatureValue.MISSING;
      default -> throw new IOException("unknown kind of value " + kind);
    };
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
