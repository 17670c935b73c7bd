package io.tocsin.model;

import io.tocsin.label.Labels;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a model's rows that are counted apart, numbered in order of first sight. Rows are
 * counted once by version, so that all rows are the sum over versions, and once more for each
 * declared label they carry. Bounded: what is new beyond the bounds is counted as {@link
 * Segment#OTHER}.
 */
final class Segments {

  static final int MOST_VERSIONS = 20;
  static final int MOST_VALUES = 50;

  private final List<Segment> list = new ArrayList<>();
  private final Map<Segment, Integer> numbers = new HashMap<>();
  private final Map<String, Integer> sizes = new HashMap<>();

  /** Rows of version {@code ""} are a segment too, told from all rows by its number. */
  private record Versioned(String version) {}

  private final Map<Versioned, Integer> versions = new HashMap<>();

  /** The numbers of the segments a row belongs to, its version's first. */
  int[] of(String version, Labels labels, List<String> declared) {
    var numbers = new int[1 + declared.size()];
    numbers[0] = version(version);
    int size = 1;
    for (String label : declared) {
      if (labels.has(label)) {
        numbers[size++] = slice(label, labels.get(label));
      }
    }
    return Arrays.copyOf(numbers, size);
  }

  private int version(String version) {
    Integer known = versions.get(new Versioned(version));
    if (known != null) {
      return known;
    }
    if (versions.size() >= MOST_VERSIONS && !version.equals(Segment.OTHER)) {
      return version(Segment.OTHER);
    }
    int number = add(new Segment(version, "", ""));
    versions.put(new Versioned(version), number);
    return number;
  }

  private int slice(String label, String value) {
    var segment = Segment.slice(label, value);
    Integer known = numbers.get(segment);
    if (known != null) {
      return known;
    }
    if (sizes.getOrDefault(label, 0) >= MOST_VALUES && !value.equals(Segment.OTHER)) {
      return slice(label, Segment.OTHER);
    }
    sizes.merge(label, 1, Integer::sum);
    int number = add(segment);
    numbers.put(segment, number);
    return number;
  }

  private int add(Segment segment) {
    list.add(segment);
    return list.size() - 1;
  }

  int size() {
    return list.size();
  }

  Segment get(int number) {
    return list.get(number);
  }

  /** The numbers whose rows together are a segment's; none for one never seen. */
  int[] numbers(Segment segment) {
    if (!segment.label().isEmpty()) {
      Integer number = numbers.get(segment);
      return number == null ? new int[0] : new int[] {number};
    }
    if (segment.version().isEmpty()) {
      return versions.values().stream().mapToInt(Integer::intValue).sorted().toArray();
    }
    Integer number = versions.get(new Versioned(segment.version()));
    return number == null ? new int[0] : new int[] {number};
  }

  /** Versions in order of first sight. */
  List<String> versions() {
    return list.stream().filter(one -> one.label().isEmpty()).map(Segment::version).toList();
  }

  /** Values of declared labels in order of first sight. */
  List<Segment> slices() {
    return list.stream().filter(one -> !one.label().isEmpty()).toList();
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(list.size());
    for (Segment segment : list) {
      out.writeUTF(segment.version());
      out.writeUTF(segment.label());
      out.writeUTF(segment.value());
    }
  }

  void read(DataInput in) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      String version = in.readUTF();
      String label = in.readUTF();
      String value = in.readUTF();
      if (label.isEmpty()) {
        version(version);
      } else {
        slice(label, value);
      }
    }
  }
}
