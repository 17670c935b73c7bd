package io.tocsin.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The bytes of a model's snapshot: a format's number, then its parts, all deflated. */
final class SnapshotBytes {

  private static final int FORMAT = 3;

  /** That of states without local days. */
  private static final int WITHOUT_DAYS = 2;

  private SnapshotBytes() {}

  /** Writes a model's parts. */
  interface Parts {
    void write(DataOutput out) throws IOException;
  }

  static byte[] packed(Parts parts) {
    var plain = new ByteArrayOutputStream(1 << 16);
    var bytes = new ByteArrayOutputStream(1 << 14);
    try {
      var out = new DataOutputStream(plain);
      out.writeInt(FORMAT);
      parts.write(out);
      // Deflated afterwards, so that whoever waits for the model does not wait for that.
      try (var deflated = new FastGzip(bytes)) {
        plain.writeTo(deflated);
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /** Deflating at its fastest: a snapshot is written often and read once. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** A snapshot's parts, and whether local days are among them. */
  record Unpacked(DataInput parts, boolean days) {}

  static Unpacked unpacked(String model, byte[] snapshot) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(snapshot), 1 << 16)) {
      var plain = new DataInputStream(new ByteArrayInputStream(in.readAllBytes()));
      int format = plain.readInt();
      if (format != FORMAT && format != WITHOUT_DAYS) {
        throw new IOException(
            "snapshot of model %s: found format %d, expected %d".formatted(model, format, FORMAT));
      }
      return new Unpacked(plain, format != WITHOUT_DAYS);
    }
  }

  static void write(DataOutput out, Optional<BaselineFact> baseline) throws IOException {
    out.writeBoolean(baseline.isPresent());
    if (baseline.isPresent()) {
      out.writeLong(baseline.get().frozenAt().toEpochMilli());
      out.writeUTF(baseline.get().source());
      out.writeLong(baseline.get().rows());
    }
  }

  static Optional<BaselineFact> readBaseline(DataInput in) throws IOException {
    return in.readBoolean()
        ? Optional.of(
            new BaselineFact(Instant.ofEpochMilli(in.readLong()), in.readUTF(), in.readLong()))
        : Optional.empty();
  }

  static void write(DataOutput out, List<Importance> importances) throws IOException {
    out.writeInt(importances.size());
    for (Importance one : importances) {
      EntryCodec.writeImportance(out, one);
    }
  }

  static List<Importance> readImportances(DataInput in) throws IOException {
    var importances = new ArrayList<Importance>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      importances.add(EntryCodec.readImportance(in));
    }
    return importances;
  }

  static void write(DataOutput out, Map<Subject, History> subjects) throws IOException {
    out.writeInt(subjects.size());
    for (var entry : subjects.entrySet()) {
      out.writeUTF(entry.getKey().kind());
      out.writeUTF(entry.getKey().feature());
      out.writeUTF(entry.getValue().kind().name());
      entry.getValue().write(out);
    }
  }

  static Map<Subject, History> readSubjects(DataInput in, Retention retention, ZoneId zone)
      throws IOException {
    var subjects = new LinkedHashMap<Subject, History>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      Subject subject = subject(in.readUTF(), in.readUTF());
      ValueKind kind = ValueKind.valueOf(in.readUTF());
      subjects.put(
          subject,
          kind == ValueKind.NUMBER
              ? NumberHistory.read(in, retention, zone)
              : CategoryHistory.read(kind, in, retention, zone));
    }
    return subjects;
  }

  private static Subject subject(String kind, String feature) throws IOException {
    return switch (kind) {
      case "feature" -> new Subject.Feature(feature);
      case "prediction" -> Subject.PREDICTION;
      case "confidence" -> Subject.CONFIDENCE;
      default -> throw new IOException("unknown kind of subject " + kind);
    };
  }
}
