package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.OptionalDouble;

/**
 * Joins truths to earlier predictions by id and counts how many were right, by the time of the
 * prediction. Remembers the last {@link #MOST_OPEN} predictions with an id that wait for their
 * truth.
 */
final class Judgement {

  static final int MOST_OPEN = 50_000;

  private record Open(long time, FeatureValue prediction) {}

  private final LinkedHashMap<String, Open> open = new LinkedHashMap<>();
  private final Slices<ShareTally> right;

  Judgement(Retention retention) {
    right = new Slices<>(retention, ShareTally::new);
  }

  void expect(String id, long time, FeatureValue prediction) {
    if (prediction instanceof FeatureValue.Missing) {
      return;
    }
    open.putLast(id, new Open(time, prediction));
    if (open.size() > MOST_OPEN) {
      open.pollFirstEntry();
    }
  }

  /** Judges the prediction; false when none with this id waits. */
  boolean judge(Truth truth, long now) {
    Open judged = open.remove(truth.id());
    if (judged == null) {
      return false;
    }
    if (!right.forgotten(judged.time(), now)) {
      right.at(judged.time()).add(judged.prediction().equals(truth.actual()));
    }
    return true;
  }

  /**
   * Share of right predictions among those judged, ratio 0-1; empty without any. Right means equal,
   * so it says nothing about a model that predicts continuous numbers.
   */
  OptionalDouble accuracy(long windowMillis, long now) {
    return ShareTally.ratio(right.last(windowMillis, now));
  }

  void age(long now) {
    right.age(now);
  }

  void retain(Retention retention) {
    right.retain(retention);
  }

  void write(DataOutput out) throws IOException {
    right.write(out);
    out.writeInt(open.size());
    for (var waiting : open.entrySet()) {
      out.writeUTF(waiting.getKey());
      out.writeLong(waiting.getValue().time());
      writeValue(out, waiting.getValue().prediction());
    }
  }

  void read(DataInput in) throws IOException {
    right.read(in, ShareTally::read);
    int waiting = in.readInt();
    for (int i = 0; i < waiting; i++) {
      expect(in.readUTF(), in.readLong(), readValue(in));
    }
  }

  private static void writeValue(DataOutput out, FeatureValue value) throws IOException {
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

  private static FeatureValue readValue(DataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'n' -> new FeatureValue.Numeric(in.readDouble());
      case 'c' -> new FeatureValue.Category(in.readUTF());
      case 'f' -> new FeatureValue.Flag(in.readBoolean());
      case '-' -> FeatureValue.MISSING;
      default -> throw new IOException("unknown kind of value " + kind);
    };
  }
}
