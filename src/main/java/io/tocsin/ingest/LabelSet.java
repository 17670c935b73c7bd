package io.tocsin.ingest;

import io.tocsin.label.Labels;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The labels of one series as they come in, in any order; checked as a whole by {@link #build}.
 * Names may be any text that is not empty, as Prometheus 3 has it, but no control characters.
 *
 * @see <a href="https://prometheus.io/docs/concepts/data_model/">Prometheus data model</a>
 */
final class LabelSet {
  private final IngestLimits limits;
  private final SeenSeries seen;
  private String[] pairs = new String[16];
  private int size;

  LabelSet(Format.Intake intake) {
    this.limits = intake.limits();
    this.seen = intake.seen();
  }

  void clear() {
    size = 0;
  }

  void add(String name, String value) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size * 2);
    }
    pairs[size++] = name;
    pairs[size++] = value;
  }

  /**
   * The labels, sorted, empty values left out.
   *
   * @param where names the place in the input for errors
   */
  Labels build(Supplier<String> where) {
    sort();
    int kept = 0;
    for (int i = 0; i < size; i += 2) {
      check(pairs[i], pairs[i + 1], where);
      if (i > 0 && pairs[i].equals(pairs[i - 2])) {
        throw wrong(where, "label \"" + pairs[i] + "\" found twice");
      }
      kept += pairs[i + 1].isEmpty() ? 0 : 2;
    }
    if (kept / 2 > limits.labels()) {
      throw wrong(where, kept / 2 + " labels found, expected at most " + limits.labels());
    }
    var filled = new String[kept];
    int at = 0;
    for (int i = 0; i < size; i += 2) {
      if (!pairs[i + 1].isEmpty()) {
        filled[at++] = seen.shared(pairs[i]);
        filled[at++] = seen.shared(pairs[i + 1]);
      }
    }
    Labels labels = Labels.ofSorted(filled);
    if (!labels.has(Labels.NAME)) {
      throw wrong(where, "no metric name found, expected a label " + Labels.NAME);
    }
    return labels;
  }

  private void check(String name, String value, Supplier<String> where) {
    if (name.isEmpty()) {
      throw wrong(where, "empty label name found");
    }
    boolean metric = name.equals(Labels.NAME);
    checkName(metric ? value : name, metric, where);
    checkText(name, where);
    checkText(value, where);
    int longest = metric ? limits.nameLength() : limits.valueLength();
    if (value.length() > longest) {
      throw wrong(
          where,
          "value of label \"%s\" has %d characters, expected at most %d"
              .formatted(name, value.length(), longest));
    }
  }

  private void checkName(String name, boolean metric, Supplier<String> where) {
    String what = metric ? "metric" : "label";
    if (name.length() > limits.nameLength()) {
      throw wrong(
          where,
          "%s name of %d characters found, expected at most %d"
              .formatted(what, name.length(), limits.nameLength()));
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < ' ' || name.charAt(i) == 0x7f) {
        throw wrong(
            where,
            "control character U+%04X found in a %s name".formatted((int) name.charAt(i), what));
      }
    }
  }

  /** What a database cannot hold as text. */
  private static void checkText(String text, Supplier<String> where) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        throw wrong(where, "character U+%04X found in a label".formatted((int) c));
      }
    }
  }

  /** Insertion sort: senders sort already, so this is one pass. */
  private void sort() {
    for (int i = 2; i < size; i += 2) {
      String name = pairs[i];
      String value = pairs[i + 1];
      int at = i;
      for (; at > 0 && pairs[at - 2].compareTo(name) > 0; at -= 2) {
        pairs[at] = pairs[at - 2];
        pairs[at + 1] = pairs[at - 1];
      }
      pairs[at] = name;
      pairs[at + 1] = value;
    }
  }

  private static MalformedInput wrong(Supplier<String> where, String what) {
    return MalformedInput.labels(where.get() + ": " + what);
  }
}
