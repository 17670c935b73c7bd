package io.tocsin.label;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The names and values that identify a series or an alert: immutable, sorted by name, no
 * duplicates, no empty values. As in Prometheus an absent label and an empty one are the same
 * thing, so {@link #get} answers {@code ""} for both.
 *
 * @see <a href="https://prometheus.io/docs/concepts/data_model/">Prometheus data model</a>
 */
public final class Labels implements Comparable<Labels> {

  /** The label that holds the metric name. */
  public static final String NAME = "__name__";

  private static final Object NOTHING = new Object();
  private static final VarHandle NOTE;

  static {
    try {
      NOTE = MethodHandles.lookup().findVarHandle(Labels.class, "note", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** No labels at all. */
  public static final Labels EMPTY = new Labels(new String[0]);

  /** Name, value, name, value, ... sorted by name. */
  private final String[] pairs;

  private final int hash;

  private Object note = NOTHING;

  private Labels(String[] sortedPairs) {
    this.pairs = sortedPairs;
    this.hash = Arrays.hashCode(sortedPairs);
  }

  /**
   * Labels from alternating names and values, in any order; a later pair wins over an earlier one.
   *
   * @throws IllegalArgumentException when the count is odd
   */
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("expected name, value pairs, found an odd count");
    }
    var builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /** Labels from a map, in any order. */
  public static Labels from(Map<String, String> map) {
    var builder = builder();
    map.forEach(builder::set);
    return builder.build();
  }

  /**
   * Labels from pairs already sorted by name, unique and without empty values; the array is kept,
   * not copied. For decoders on the hot path that have checked this themselves.
   */
  public static Labels ofSorted(String[] sortedPairs) {
    return sortedPairs.length == 0 ? EMPTY : new Labels(sortedPairs);
  }

  /** Starts from nothing. */
  public static Builder builder() {
    return new Builder(new TreeMap<>());
  }

  /** Starts from these labels. */
  public Builder toBuilder() {
    return new Builder(new TreeMap<>(toMap()));
  }

  /** The value of a label, {@code ""} when absent. */
  public String get(String name) {
    int low = 0;
    int high = pairs.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = pairs[2 * middle].compareTo(name);
      if (order == 0) {
        return pairs[2 * middle + 1];
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return "";
  }

  /** Whether the label is there. */
  public boolean has(String name) {
    return !get(name).isEmpty();
  }

  /** The metric name, {@code ""} when there is none. */
  public String metricName() {
    return get(NAME);
  }

  /** How many labels. */
  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /** The i-th name in sorted order. */
  public String name(int i) {
    return pairs[2 * i];
  }

  /** The i-th value in the order of names. */
  public String value(int i) {
    return pairs[2 * i + 1];
  }

  /** Visits each pair in order of names. */
  public void forEach(BiConsumer<String, String> visitor) {
    for (int i = 0; i < pairs.length; i += 2) {
      visitor.accept(pairs[i], pairs[i + 1]);
    }
  }

  /** These labels with one set; an empty value removes it. */
  public Labels with(String name, String value) {
    if (get(name).equals(value)) {
      return this;
    }
    return toBuilder().set(name, value).build();
  }

  /** These labels with those of the other put over them. */
  public Labels with(Labels other) {
    if (other.isEmpty()) {
      return this;
    }
    var builder = toBuilder();
    other.forEach(builder::set);
    return builder.build();
  }

  /** Without the named labels. */
  public Labels without(Collection<String> names) {
    return filter(name -> !names.contains(name));
  }

  /** Without one label. */
  public Labels without(String name) {
    return has(name) ? filter(other -> !other.equals(name)) : this;
  }

  /** Only the named labels. */
  public Labels keep(Collection<String> names) {
    return filter(Set.copyOf(names)::contains);
  }

  private Labels filter(Predicate<String> keep) {
    var kept = new String[pairs.length];
    int count = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      if (keep.test(pairs[i])) {
        kept[count++] = pairs[i];
        kept[count++] = pairs[i + 1];
      }
    }
    return count == pairs.length ? this : ofSorted(Arrays.copyOf(kept, count));
  }

  /** A map in order of names. */
  public SortedMap<String, String> toMap() {
    var map = new TreeMap<String, String>();
    forEach(map::put);
    return map;
  }

  /**
   * What was last left by {@link #note(Object)}. A decoder hands out the same object for the same
   * series, so whoever looks labels up may leave there what it found and spare itself the search
   * the next time. No part of the value: it may be another's, stale or lost; check it before use.
   */
  public Object note() {
    return NOTE.getAcquire(this);
  }

  /** Leaves something for {@link #note()}, in place of what was there. */
  public void note(Object found) {
    NOTE.setRelease(this, found);
  }

  /** A 64-bit FNV-1a hash of names and values: stable across processes and versions. */
  public long fingerprint() {
    long fnv = 0xcbf29ce484222325L;
    for (String text : pairs) {
      for (int i = 0; i < text.length(); i++) {
        fnv = (fnv ^ text.charAt(i)) * 0x100000001b3L;
      }
      fnv = (fnv ^ 0xff) * 0x100000001b3L;
    }
    return fnv;
  }

  @Override
  public int compareTo(Labels other) {
    int shared = Math.min(pairs.length, other.pairs.length);
    for (int i = 0; i < shared; i++) {
      int order = pairs[i].compareTo(other.pairs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pairs.length, other.pairs.length);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Labels that && hash == that.hash && Arrays.equals(pairs, that.pairs));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Prometheus notation: {@code name{a="1", b="2"}}. */
  @Override
  public String toString() {
    var text = new StringBuilder(metricName());
    if (size() == (has(NAME) ? 1 : 0) && has(NAME)) {
      return text.toString();
    }
    text.append('{');
    String separator = "";
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(NAME)) {
        continue;
      }
      text.append(separator)
          .append(pairs[i])
          .append("=\"")
          .append(escape(pairs[i + 1]))
          .append('"');
      separator = ", ";
    }
    return text.append('}').toString();
  }

  /** Escapes backslash, quote and line feed as the Prometheus text format does. */
  static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /** Collects labels; the last value set for a name wins, an empty value removes the name. */
  public static final class Builder {
    private final TreeMap<String, String> map;

    private Builder(TreeMap<String, String> map) {
      this.map = map;
    }

    public Builder set(String name, String value) {
      if (value.isEmpty()) {
        map.remove(name);
      } else {
        map.put(name, value);
      }
      return this;
    }

    public Builder remove(String name) {
      map.remove(name);
      return this;
    }

    public Labels build() {
      var pairs = new String[map.size() * 2];
      int i = 0;
      for (var entry : map.entrySet()) {
        pairs[i++] = entry.getKey();
        pairs[i++] = entry.getValue();
      }
      return ofSorted(pairs);
    }
  }
}
