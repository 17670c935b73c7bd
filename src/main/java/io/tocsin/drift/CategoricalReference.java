package io.tocsin.drift;

import java.util.Map;
import java.util.TreeSet;

/** Rows per category of the reference. */
public record CategoricalReference(Map<String, Long> counts) implements Reference {

  public CategoricalReference {
    counts = Map.copyOf(counts);
  }

  @Override
  public long rows() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** One bin per category of either side, sorted by name. */
  @Override
  public Aligned align(Window window) {
    if (!(window instanceof Window.Categories current)) {
      throw new IllegalArgumentException(
          "numbers cannot be compared with a reference of categories");
    }
    var names = new TreeSet<>(counts.keySet());
    names.addAll(current.counts().keySet());
    var before = new long[names.size()];
    var after = new long[names.size()];
    int i = 0;
    for (String name : names) {
      before[i] = counts.getOrDefault(name, 0L);
      after[i++] = current.counts().getOrDefault(name, 0L);
    }
    return new Aligned(before, after);
  }
}
