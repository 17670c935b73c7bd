package io.tocsin.model;

import io.tocsin.label.Labels;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries of the journal as bytes: format, when it was accepted, what it is, then its rows column
 * by column.
 */
final class EntryCodec {

  private static final int FORMAT = 1;

  private static final int PREDICTIONS = 1;
  private static final int TRUTHS = 2;
  private static final int BASELINE_ROWS = 3;
  private static final int BASELINE_WINDOW = 4;
  private static final int IMPORTANCES = 5;

  /** A row takes at least a byte. */
  private static final int MOST_ROWS = 1 << 24;

  /** An entry and when it was accepted. */
  record Accepted(ModelEntry entry, Instant at) {}

  private EntryCodec() {}

  static byte[] encode(ModelEntry entry, Instant at) {
    var out = new ByteSink(sizeOf(entry));
    out.b(FORMAT);
    out.fixed(at.toEpochMilli());
    switch (entry) {
      case ModelEntry.Predictions(var rows, long rejected, long ignored) -> {
        out.b(PREDICTIONS);
        out.count(rejected);
        out.count(ignored);
        write(out, rows);
      }
      case ModelEntry.Truths(var rows, long rejected) -> {
        out.b(TRUTHS);
        out.count(rejected);
        write(out, rows);
      }
      case ModelEntry.BaselineRows(var rows) -> {
        out.b(BASELINE_ROWS);
        write(out, rows);
      }
      case ModelEntry.BaselineWindow(var segment, long from, long to) -> {
        out.b(BASELINE_WINDOW);
        out.text(segment.version());
        out.text(segment.label());
        out.text(segment.value());
        out.fixed(from);
        out.fixed(to);
      }
      case ModelEntry.Importances(var importance) -> {
        out.b(IMPORTANCES);
        out.fixed(importance.at().toEpochMilli());
        out.text(importance.version());
        out.count(importance.weights().size());
        importance
            .weights()
            .forEach(
                (feature, weight) -> {
                  out.text(feature);
                  out.fixed(Double.doubleToRawLongBits(weight));
                });
      }
    }
    return out.toBytes();
  }

  private static int sizeOf(ModelEntry entry) {
    return entry instanceof ModelEntry.Predictions predictions
        ? predictions.rows().size() * (40 + 8 * predictions.rows().features.size())
        : 1024;
  }

  /**
   * Reads an entry.
   *
   * @throws ByteSource.CorruptEntry when the bytes are none
   */
  static Accepted decode(byte[] bytes) {
    var in = new ByteSource(bytes);
    int format = in.b();
    if (format != FORMAT) {
      throw new ByteSource.CorruptEntry("found format %d, expected %d".formatted(format, FORMAT));
    }
    Instant at = Instant.ofEpochMilli(in.fixed());
    int kind = in.b();
    ModelEntry entry =
        switch (kind) {
          case PREDICTIONS -> {
            long rejected = in.count();
            long ignored = in.count();
            yield new ModelEntry.Predictions(predictions(in), rejected, ignored);
          }
          case TRUTHS -> {
            long rejected = in.count();
            yield new ModelEntry.Truths(truths(in), rejected);
          }
          case BASELINE_ROWS -> new ModelEntry.BaselineRows(predictions(in));
          case BASELINE_WINDOW ->
              new ModelEntry.BaselineWindow(
                  new Segment(in.text(), in.text(), in.text()), in.fixed(), in.fixed());
          case IMPORTANCES -> importances(in);
          default -> throw new ByteSource.CorruptEntry("an entry of kind " + kind);
        };
    return new Accepted(entry, at);
  }

  private static void write(ByteSink out, PredictionRows rows) {
    out.count(rows.size);
    long last = 0;
    for (long time : rows.times) {
      out.signed(time - last);
      last = time;
    }
    boolean ids = false;
    for (long id : rows.ids) {
      ids |= id != 0;
    }
    out.b(ids ? 1 : 0);
    if (ids) {
      out.longs(rows.ids);
    }
    words(out, rows.versionWords);
    ColumnCodec.writeCodes(out, rows.versions);
    out.count(rows.labelSets.length);
    for (Labels labels : rows.labelSets) {
      out.count(labels.size());
      labels.forEach(
          (name, value) -> {
            out.text(name);
            out.text(value);
          });
    }
    ColumnCodec.writeCodes(out, rows.labels);
    ColumnCodec.write(out, rows.confidences);
    ColumnCodec.write(out, rows.scores);
    ColumnCodec.write(out, rows.latencies);
    out.b(rows.prediction.isPresent() ? 1 : 0);
    rows.prediction.ifPresent(column -> write(out, column));
    out.count(rows.features.size());
    rows.features.forEach(column -> write(out, column));
  }

  private static void words(ByteSink out, String[] words) {
    out.count(words.length);
    for (String word : words) {
      out.text(word);
    }
  }

  private static void write(ByteSink out, Column column) {
    out.text(column.name());
    out.b(column.kind().code());
    switch (column) {
      case Column.Numbers(var name, double[] values) -> ColumnCodec.write(out, values);
      case Column.Names(var name, var kind, String[] words, int[] codes) -> {
        words(out, words);
        ColumnCodec.writeCodes(out, codes);
      }
    }
  }

  private static PredictionRows predictions(ByteSource in) {
    int size = in.size(Math.min(in.left(), MOST_ROWS));
    var times = new long[size];
    long last = 0;
    for (int i = 0; i < size; i++) {
      last += in.signed();
      times[i] = last;
    }
    long[] ids = in.b() == 1 ? in.longs(size) : new long[size];
    String[] versionWords = words(in);
    int[] versions = ColumnCodec.readCodes(in, size, versionWords.length);
    Labels[] labelSets = labelSets(in);
    int[] labels = ColumnCodec.readCodes(in, size, labelSets.length);
    double[] confidences = ColumnCodec.read(in, size);
    double[] scores = ColumnCodec.read(in, size);
    double[] latencies = ColumnCodec.read(in, size);
    Optional<Column> prediction = in.b() == 1 ? Optional.of(column(in, size)) : Optional.empty();
    int count = in.size(in.left());
    List<Column> features = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      features.add(column(in, size));
    }
    return new PredictionRows(
        times,
        ids,
        versionWords,
        versions,
        labelSets,
        labels,
        features,
        prediction,
        confidences,
        scores,
        latencies);
  }

  private static String[] words(ByteSource in) {
    var words = new String[in.size(in.left())];
    for (int i = 0; i < words.length; i++) {
      words[i] = in.text();
    }
    return words;
  }

  private static Labels[] labelSets(ByteSource in) {
    var sets = new Labels[in.size(in.left())];
    for (int i = 0; i < sets.length; i++) {
      int labels = in.size(in.left());
      var builder = Labels.builder();
      for (int label = 0; label < labels; label++) {
        builder.set(in.text(), in.text());
      }
      sets[i] = builder.build();
    }
    return sets;
  }

  private static Column column(ByteSource in, int size) {
    String name = in.text();
    int code = in.b();
    ValueKind kind =
        ValueKind.of(code)
            .orElseThrow(
                () -> new ByteSource.CorruptEntry("column %s of kind %d".formatted(name, code)));
    if (kind == ValueKind.NUMBER) {
      return new Column.Numbers(name, ColumnCodec.read(in, size));
    }
    String[] words = words(in);
    return new Column.Names(name, kind, words, ColumnCodec.readCodes(in, size, words.length));
  }

  private static void write(ByteSink out, TruthRows rows) {
    out.count(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      out.fixed(rows.id(row));
      switch (rows.actual(row)) {
        case FeatureValue.Numeric(double number) -> {
          out.b('n');
          out.fixed(Double.doubleToRawLongBits(number));
        }
        case FeatureValue.Category(String name) -> {
          out.b('c');
          out.text(name);
        }
        case FeatureValue.Flag(boolean flag) -> out.b(flag ? 't' : 'f');
        case FeatureValue.Missing ignored -> out.b('-');
      }
    }
  }

  private static TruthRows truths(ByteSource in) {
    int size = in.size(Math.min(in.left(), MOST_ROWS));
    var ids = new long[size];
    var actual = new ArrayList<FeatureValue>(size);
    for (int row = 0; row < size; row++) {
      ids[row] = in.fixed();
      int kind = in.b();
      actual.add(
          switch (kind) {
            case 'n' -> new FeatureValue.Numeric(Double.longBitsToDouble(in.fixed()));
            case 'c' -> new FeatureValue.Category(in.text());
            case 't' -> new FeatureValue.Flag(true);
            case 'f' -> new FeatureValue.Flag(false);
            case '-' -> FeatureValue.MISSING;
            default -> throw new ByteSource.CorruptEntry("a truth of kind " + kind);
          });
    }
    return new TruthRows(ids, actual);
  }

  private static ModelEntry importances(ByteSource in) {
    Instant at = Instant.ofEpochMilli(in.fixed());
    String version = in.text();
    int size = in.size(in.left());
    Map<String, Double> weights = new HashMap<>();
    for (int i = 0; i < size; i++) {
      weights.put(in.text(), Double.longBitsToDouble(in.fixed()));
    }
    return new ModelEntry.Importances(new Importance(at, version, weights));
  }

  static void writeImportance(DataOutput out, Importance one) throws IOException {
    byte[] bytes = encode(new ModelEntry.Importances(one), one.at());
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static Importance readImportance(DataInput in) throws IOException {
    var bytes = new byte[in.readInt()];
    in.readFully(bytes);
    if (decode(bytes).entry() instanceof ModelEntry.Importances(var importance)) {
      return importance;
    }
    throw new IOException("an entry that is no importance");
  }
}
