package io.tocsin.model;

import io.tocsin.label.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows into columns. A row is set value by value and then kept or dropped whole; a column
 * begins when its first value is set, and rows without one are missing in it.
 */
final class PredictionRowsBuilder {

  /** A column under way; remembers which row set it last, so that a repeated key shows. */
  static final class Cells {
    final String name;
    final ValueKind kind;
    private final int place;
    private final @Nullable WordTable words;
    private double[] numbers = {};
    private int[] codes = {};
    private int lastRow = -1;

    private Cells(String name, ValueKind kind, int place) {
      this.name = name;
      this.kind = kind;
      this.place = place;
      this.words = kind == ValueKind.NUMBER ? null : new WordTable();
    }

    /** False when this row set it already. */
    boolean claim(int row) {
      boolean first = lastRow != row;
      lastRow = row;
      return first;
    }

    void set(int row, double value) {
      reach(row);
      numbers[row] = value;
    }

    void set(int row, char[] text, int from, int length) {
      reach(row);
      codes[row] = words().code(text, from, length);
    }

    void set(int row, String word) {
      reach(row);
      codes[row] = words().code(word);
    }

    private WordTable words() {
      if (words == null) {
        throw new IllegalStateException(name + " holds numbers");
      }
      return words;
    }

    private void reach(int row) {
      if (kind == ValueKind.NUMBER && row >= numbers.length) {
        int before = numbers.length;
        numbers = Arrays.copyOf(numbers, Math.max(row + 1, 2 * before));
        Arrays.fill(numbers, before, numbers.length, Double.NaN);
      } else if (kind != ValueKind.NUMBER && row >= codes.length) {
        int before = codes.length;
        codes = Arrays.copyOf(codes, Math.max(row + 1, 2 * before));
        Arrays.fill(codes, before, codes.length, -1);
      }
    }

    private void clear(int row) {
      if (row < numbers.length) {
        numbers[row] = Double.NaN;
      }
      if (row < codes.length) {
        codes[row] = -1;
      }
      lastRow = -1;
    }

    private Column column(int size) {
      reach(Math.max(0, size - 1));
      return words == null
          ? new Column.Numbers(name, Arrays.copyOf(numbers, size))
          : new Column.Names(name, kind, words.words(), Arrays.copyOf(codes, size));
    }
  }

  private final Schema schema;
  private final Map<String, Cells> features = new LinkedHashMap<>();
  private final List<Cells> order = new ArrayList<>();
  private final WordTable versionWords = new WordTable();
  private final Map<Labels, Integer> labelSets = new LinkedHashMap<>();
  private @Nullable Cells prediction;
  private int size;
  private int next;
  private long ignored;

  private long[] times = new long[64];
  private long[] ids = new long[64];
  private int[] versions = new int[64];
  private int[] labels = new int[64];
  private double[] confidences = new double[64];
  private double[] scores = new double[64];
  private double[] latencies = new double[64];

  PredictionRowsBuilder(Schema schema) {
    this.schema = schema;
  }

  /** Rows kept so far, and the number of the row under way. */
  int size() {
    return size;
  }

  /** Values left out because there are too many features. */
  long ignored() {
    return ignored;
  }

  /** Begins a row. */
  void begin(long time) {
    if (size == times.length) {
      grow();
    }
    times[size] = time;
    ids[size] = 0;
    versions[size] = -1;
    labels[size] = -1;
    confidences[size] = Double.NaN;
    scores[size] = Double.NaN;
    latencies[size] = Double.NaN;
    next = 0;
  }

  private void grow() {
    int more = 2 * times.length;
    times = Arrays.copyOf(times, more);
    ids = Arrays.copyOf(ids, more);
    versions = Arrays.copyOf(versions, more);
    labels = Arrays.copyOf(labels, more);
    confidences = Arrays.copyOf(confidences, more);
    scores = Arrays.copyOf(scores, more);
    latencies = Arrays.copyOf(latencies, more);
  }

  void time(long millis) {
    times[size] = millis;
  }

  void id(long hash) {
    ids[size] = hash;
  }

  void version(String version) {
    versions[size] = versionWords.code(version);
  }

  void version(char[] text, int from, int length) {
    versions[size] = versionWords.code(text, from, length);
  }

  void labels(Labels set) {
    labels[size] = labelSets.computeIfAbsent(set, absent -> labelSets.size());
  }

  void confidence(double ratio) {
    confidences[size] = ratio;
  }

  double confidence() {
    return confidences[size];
  }

  void score(double value) {
    scores[size] = value;
  }

  void latency(double millis) {
    latencies[size] = millis;
  }

  /**
   * The column of a feature for a value of some kind; the column's own kind may be another, which
   * is for the caller to refuse. Null when there is no room for another feature: the value is
   * ignored and counted.
   */
  @Nullable Cells feature(String name, ValueKind found) {
    // Rows name their features in one order as a rule, so the next one is likely the next column.
    if (next < order.size() && order.get(next).name.equals(name)) {
      return order.get(next++);
    }
    Cells known = features.get(name);
    if (known == null) {
      Optional<ValueKind> kind = schema.feature(name, found);
      if (kind.isEmpty()) {
        ignored++;
        return null;
      }
      known = new Cells(name, kind.get(), order.size());
      features.put(name, known);
      order.add(known);
    }
    next = known.place + 1;
    return known;
  }

  /** A feature's column, without making one. */
  @Nullable Cells knownFeature(String name) {
    if (next < order.size() && order.get(next).name.equals(name)) {
      return order.get(next++);
    }
    return features.get(name);
  }

  /** The answers' column, as {@link #feature}. */
  Cells prediction(ValueKind found) {
    Cells known = prediction;
    if (known == null) {
      known = new Cells("", schema.answer(found), 0);
      prediction = known;
    }
    return known;
  }

  /** Keeps the row under way. */
  void keep() {
    if (versions[size] < 0) {
      version("");
    }
    if (labels[size] < 0) {
      labels(Labels.EMPTY);
    }
    size++;
  }

  /** Drops the row under way as if it had never been there. */
  void drop() {
    order.forEach(cells -> cells.clear(size));
    Cells answers = prediction;
    if (answers != null) {
      answers.clear(size);
    }
  }

  /** Adds a row from its parts. */
  void add(Prediction row) {
    begin(row.timeMillis());
    row.id().ifPresent(id -> id(IdHash.of(id)));
    version(row.version());
    labels(row.labels());
    row.confidence().ifPresent(this::confidence);
    row.latencyMillis().ifPresent(this::latency);
    row.features().forEach((name, value) -> set(name, value));
    ValueKind kind = kindOf(row.prediction());
    if (kind != null) {
      set(prediction(kind), row.prediction());
    }
    keep();
  }

  private void set(String name, FeatureValue value) {
    ValueKind kind = kindOf(value);
    Cells cells = kind == null ? knownFeature(name) : feature(name, kind);
    if (cells != null) {
      set(cells, value);
    }
  }

  private void set(Cells cells, FeatureValue value) {
    ValueKind kind = kindOf(value);
    if (kind != null && kind != cells.kind) {
      throw new IllegalArgumentException(
          "%s is %s, found %s".formatted(cells.name, cells.kind.words(), kind.words()));
    }
    switch (value) {
      case FeatureValue.Numeric(double number) -> cells.set(size, number);
      case FeatureValue.Category(String word) -> cells.set(size, word);
      case FeatureValue.Flag(boolean flag) -> cells.set(size, Boolean.toString(flag));
      case FeatureValue.Missing ignored -> {}
    }
  }

  static @Nullable ValueKind kindOf(FeatureValue value) {
    return switch (value) {
      case FeatureValue.Numeric ignored -> ValueKind.NUMBER;
      case FeatureValue.Category ignored -> ValueKind.CATEGORY;
      case FeatureValue.Flag ignored -> ValueKind.FLAG;
      case FeatureValue.Missing ignored -> null;
    };
  }

  PredictionRows build() {
    var columns = new ArrayList<Column>();
    order.forEach(cells -> columns.add(cells.column(size)));
    Cells answers = prediction;
    return new PredictionRows(
        Arrays.copyOf(times, size),
        Arrays.copyOf(ids, size),
        versionWords.words(),
        Arrays.copyOf(versions, size),
        labelSets.keySet().toArray(Labels[]::new),
        Arrays.copyOf(labels, size),
        columns,
        answers == null ? Optional.empty() : Optional.of(answers.column(size)),
        Arrays.copyOf(confidences, size),
        Arrays.copyOf(scores, size),
        Arrays.copyOf(latencies, size));
  }
}
