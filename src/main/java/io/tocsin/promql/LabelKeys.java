package io.tocsin.promql;

import io.tocsin.label.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the different groups that series fall into by some of their labels, from 0 on in order of
 * first meeting. A hash table over the label values themselves: no labels are built for a series
 * whose group is known.
 */
final class LabelKeys {
  private final boolean keep;
  private final String[] names;
  private int[] slots = new int[64];
  private int[] hashes = new int[32];
  private @Nullable Labels[] keys = new Labels[32];
  private int size;

  private LabelKeys(boolean keep, List<String> names) {
    this.keep = keep;
    this.names = names.stream().distinct().sorted().toArray(String[]::new);
    Arrays.fill(slots, -1);
  }

  /** Groups by the values of the named labels alone. */
  static LabelKeys by(List<String> names) {
    return new LabelKeys(true, names);
  }

  /** Groups by all labels but the metric name and those named. */
  static LabelKeys without(List<String> names) {
    return new LabelKeys(false, names);
  }

  /** How many groups there are by now. */
  int size() {
    return size;
  }

  /** The labels of a group. */
  Labels labels(int group) {
    return Objects.requireNonNull(keys[group]);
  }

  /** The group of a column, a new one when it is the first of its kind. */
  int group(Column column) {
    return find(column, true);
  }

  /** The group of a column, -1 when no column of its kind was met. */
  int known(Column column) {
    return find(column, false);
  }

  private int find(Column column, boolean add) {
    Labels labels = column.series();
    boolean nameGone = column.isNameGone();
    int hash = keep ? keptHash(labels, nameGone) : restHash(labels);
    int mask = slots.length - 1;
    int slot = (hash ^ hash >>> 16) & mask;
    while (slots[slot] >= 0) {
      int group = slots[slot];
      if (hashes[group] == hash && same(labels, nameGone, group)) {
        return group;
      }
      slot = (slot + 1) & mask;
    }
    return add ? added(column, hash, slot) : -1;
  }

  private int added(Column column, int hash, int slot) {
    int group = size++;
    if (group == keys.length) {
      keys = Arrays.copyOf(keys, 2 * group);
      hashes = Arrays.copyOf(hashes, 2 * group);
    }
    keys[group] = key(column);
    hashes[group] = hash;
    slots[slot] = group;
    if (2 * size > slots.length) {
      rehash();
    }
    return group;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    Arrays.fill(slots, -1);
    int mask = slots.length - 1;
    for (int group = 0; group < size; group++) {
      int hash = hashes[group];
      int slot = (hash ^ hash >>> 16) & mask;
      while (slots[slot] >= 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = group;
    }
  }

  private Labels key(Column column) {
    if (!keep) {
      Labels labels = column.series().without(Labels.NAME);
      return names.length == 0 ? labels : labels.without(List.of(names));
    }
    var pairs = new String[2 * names.length];
    int length = 0;
    for (String name : names) {
      String value = value(column.series(), name, column.isNameGone());
      if (!value.isEmpty()) {
        pairs[length++] = name;
        pairs[length++] = value;
      }
    }
    return Labels.ofSorted(Arrays.copyOf(pairs, length));
  }

  private static String value(Labels labels, String name, boolean nameGone) {
    return nameGone && name.equals(Labels.NAME) ? "" : labels.get(name);
  }

  private int keptHash(Labels labels, boolean nameGone) {
    int hash = 7;
    for (String name : names) {
      hash = 31 * hash + value(labels, name, nameGone).hashCode();
    }
    return hash;
  }

  private int restHash(Labels labels) {
    int hash = 7;
    for (int i = 0; i < labels.size(); i++) {
      if (counts(labels.name(i))) {
        hash = 31 * (31 * hash + labels.name(i).hashCode()) + labels.value(i).hashCode();
      }
    }
    return hash;
  }

  private boolean counts(String name) {
    if (name.equals(Labels.NAME)) {
      return false;
    }
    for (String other : names) {
      if (other.equals(name)) {
        return false;
      }
    }
    return true;
  }

  private boolean same(Labels labels, boolean nameGone, int group) {
    Labels key = labels(group);
    if (keep) {
      for (String name : names) {
        if (!key.get(name).equals(value(labels, name, nameGone))) {
          return false;
        }
      }
      return true;
    }
    int at = 0;
    for (int i = 0; i < labels.size(); i++) {
      if (counts(labels.name(i))) {
        boolean equal =
            at < key.size()
                && key.name(at).equals(labels.name(i))
                && key.value(at).equals(labels.value(i));
        if (!equal) {
          return false;
        }
        at++;
      }
    }
    return at == key.size();
  }
}
