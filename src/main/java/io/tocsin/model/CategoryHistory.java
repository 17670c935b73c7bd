package io.tocsin.model;

import io.tocsin.drift.CategoricalReference;
import io.tocsin.drift.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Categories over time. The names first met are told apart, up to {@link #MOST_NAMES}; all further
 * ones are counted together as {@link #OTHER}.
 */
final class CategoryHistory implements History {

  static final int MOST_NAMES = 256;

  /** Names the frozen reference may take of those, so that new ones stay visible. */
  private static final int MOST_FROZEN = 200;

  static final String OTHER = "(other)";

  private final Slices<CategoryTally> slices;
  private final Set<String> names = new HashSet<>();
  private CategoricalReference frozen = new CategoricalReference(Map.of());

  CategoryHistory(Retention retention) {
    slices = new Slices<>(retention, CategoryTally::new);
  }

  @Override
  public boolean add(long time, FeatureValue value) {
    Optional<String> category = category(value);
    category.ifPresent(name -> slices.at(time).add(known(name)));
    return category.isPresent();
  }

  private static Optional<String> category(FeatureValue value) {
    return switch (value) {
      case FeatureValue.Category(String name) -> Optional.of(name);
      case FeatureValue.Flag(boolean flag) -> Optional.of(Boolean.toString(flag));
      case FeatureValue.Numeric ignored -> Optional.empty();
      case FeatureValue.Missing ignored -> Optional.empty();
    };
  }

  private String known(String name) {
    if (names.size() < MOST_NAMES) {
      names.add(name);
    }
    return names.contains(name) ? name : OTHER;
  }

  @Override
  public void freeze(List<FeatureValue> baseline) {
    var all = new HashMap<String, Long>();
    for (FeatureValue value : baseline) {
      category(value).ifPresent(name -> all.merge(name, 1L, Long::sum));
    }
    List<String> largest =
        all.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_FROZEN)
            .map(Map.Entry::getKey)
            .toList();
    names.clear();
    names.addAll(largest);
    var kept = new HashMap<String, Long>();
    all.forEach((name, rows) -> kept.merge(names.contains(name) ? name : OTHER, rows, Long::sum));
    frozen = new CategoricalReference(kept);
    slices.all().forEach(slice -> slice.rename(this::known));
  }

  @Override
  public Sides againstBaseline(long windowMillis, long now) {
    return new Sides(frozen, new Window.Categories(sum(slices.last(windowMillis, now))));
  }

  @Override
  public Sides againstPast(long windowMillis, long now, long from, long to) {
    return new Sides(
        new CategoricalReference(sum(slices.between(from, to))),
        new Window.Categories(sum(slices.last(windowMillis, now))));
  }

  private static Map<String, Long> sum(List<CategoryTally> tallies) {
    var counts = new HashMap<String, Long>();
    tallies.forEach(slice -> slice.addTo(counts));
    return counts;
  }

  @Override
  public void age(long now) {
    slices.age(now);
  }

  @Override
  public void retain(Retention retention) {
    slices.retain(retention);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Binary.writeCounts(out, frozen.counts());
    slices.write(out);
    out.writeInt(names.size());
    for (String name : names) {
      out.writeUTF(name);
    }
  }

  static CategoryHistory read(DataInput in, Retention retention) throws IOException {
    var history = new CategoryHistory(retention);
    history.frozen = new CategoricalReference(Binary.readCounts(in));
    history.slices.read(in, CategoryTally::read);
    int names = in.readInt();
    for (int i = 0; i < names; i++) {
      history.names.add(in.readUTF());
    }
    return history;
  }
}
