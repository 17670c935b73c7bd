package io.tocsin.series;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which series carry which label. Series are numbered in order of arrival; one thread adds and
 * removes, readers select meanwhile: a number counts once {@link #size} covers it, and by then
 * every label of it is in place. What selectors found is kept, and only newer series are looked at
 * the next time.
 */
final class LabelIndex {
  private static final Name NOBODY = new Name(new Posting(""), Map.of());
  private static final int MOST_SELECTORS = 1 << 15;
  private static final int MOST_TO_EXTEND = 4096;

  /** One label name: who has it, and who has it with which value. */
  private record Name(Posting all, Map<String, Posting> values) {}

  /** The series a selector found among the first so many, sorted by labels. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Selection(int covered, MemorySeries[] series) {}

  private final Map<String, Name> names = new ConcurrentHashMap<>();
  private final Map<List<Matcher>, Selection> selections = new ConcurrentHashMap<>();
  private final AtomicLong selected = new AtomicLong();
  private volatile @Nullable MemorySeries[] table = new MemorySeries[256];
  private volatile int size;

  /**
   * The same labels with the strings that this index already holds; the same object when it has
   * them already.
   */
  Labels intern(Labels labels) {
    var pairs = new String[labels.size() * 2];
    boolean shared = true;
    for (int i = 0; i < labels.size(); i++) {
      Name name = named(labels.name(i));
      pairs[2 * i] = name.all.value();
      pairs[2 * i + 1] = valued(name, labels.value(i)).value();
      shared &= isSame(pairs[2 * i], labels.name(i)) && isSame(pairs[2 * i + 1], labels.value(i));
    }
    return shared ? labels : Labels.ofSorted(pairs);
  }

  @SuppressWarnings("ReferenceEquality") // the very same string, not an equal one
  private static boolean isSame(String one, String other) {
    return one == other;
  }

  private Name named(String name) {
    Name known = names.get(name);
    return known != null
        ? known
        : names.computeIfAbsent(
            name, text -> new Name(new Posting(text), new ConcurrentHashMap<>(2)));
  }

  private static Posting valued(Name name, String value) {
    Posting known = name.values.get(value);
    return known != null ? known : name.values.computeIfAbsent(value, Posting::new);
  }

  /** For the writer alone: the series' number must be the next one. */
  void add(MemorySeries series) {
    int number = size;
    if (number == table.length) {
      table = Arrays.copyOf(table, number + number / 2);
    }
    table[number] = series;
    Labels labels = series.labels();
    for (int i = 0; i < labels.size(); i++) {
      Name name = named(labels.name(i));
      name.all.add(number);
      valued(name, labels.value(i)).add(number);
    }
    size = number + 1;
  }

  private Name find(String name) {
    return names.getOrDefault(name, NOBODY);
  }

  private static Posting find(Name name, String value) {
    return name.values.getOrDefault(value, NOBODY.all);
  }

  /** For the writer alone: the number stays taken until the index is built anew. */
  void remove(int number) {
    table[number] = null;
  }

  /** For the writer alone, after removals. */
  void dropSelections() {
    selections.clear();
    selected.set(0);
  }

  /** Numbers given so far, those of removed series included; the next series takes this one. */
  int size() {
    return size;
  }

  /** The series under a number, if it is still there. */
  @Nullable MemorySeries get(int number) {
    @Nullable MemorySeries[] now = table;
    return number < now.length ? now[number] : null;
  }

  /** Visits the series in order of their numbers. */
  void forEach(Consumer<MemorySeries> visitor) {
    int covered = size;
    for (int number = 0; number < covered; number++) {
      MemorySeries series = get(number);
      if (series != null) {
        visitor.accept(series);
      }
    }
  }

  /** The series that satisfy every matcher, sorted by labels; the array belongs to the index. */
  MemorySeries[] select(List<Matcher> matchers) {
    return select(matchers, () -> {});
  }

  /**
   * As above for somebody who may not want to wait for it.
   *
   * @param patience called as values are compared one by one; what it throws ends the search
   */
  MemorySeries[] select(List<Matcher> matchers, Runnable patience) {
    int covered = size;
    @Nullable Selection known = selections.get(matchers);
    if (known != null && known.covered == covered) {
      return known.series;
    }
    MemorySeries[] found =
        known == null || covered - known.covered > MOST_TO_EXTEND
            ? search(matchers, covered, patience)
            : extended(known, matchers, covered);
    keep(matchers, new Selection(covered, found));
    return found;
  }

  private void keep(List<Matcher> matchers, Selection selection) {
    if (selections.size() >= MOST_SELECTORS
        || selected.get() > Math.max(1 << 20, 2L * selection.covered)) {
      dropSelections();
    }
    @Nullable Selection before = selections.put(List.copyOf(matchers), selection);
    selected.addAndGet(selection.series.length - (before == null ? 0 : before.series.length));
  }

  private MemorySeries[] extended(Selection known, List<Matcher> matchers, int covered) {
    var more = new ArrayList<MemorySeries>();
    for (int number = known.covered; number < covered; number++) {
      MemorySeries series = get(number);
      if (series != null && Matcher.all(matchers, series.labels())) {
        more.add(series);
      }
    }
    if (more.isEmpty()) {
      return known.series;
    }
    more.addAll(Arrays.asList(known.series));
    return sorted(more);
  }

  private MemorySeries[] search(List<Matcher> matchers, int covered, Runnable patience) {
    var found = new ArrayList<MemorySeries>();
    IntIterator numbers = numbers(matchers, covered, patience).getIntIterator();
    while (numbers.hasNext()) {
      int number = numbers.next();
      MemorySeries series = number < covered ? get(number) : null;
      if (series != null) {
        found.add(series);
      }
    }
    return sorted(found);
  }

  private static MemorySeries[] sorted(List<MemorySeries> series) {
    MemorySeries[] sorted = series.toArray(new MemorySeries[0]);
    Arrays.sort(sorted, Comparator.comparing(MemorySeries::labels));
    return sorted;
  }

  private RoaringBitmap numbers(List<Matcher> matchers, int covered, Runnable patience) {
    @Nullable RoaringBitmap found = null;
    var excluded = new RoaringBitmap();
    for (Matcher matcher : matchers) {
      var bitmap = new RoaringBitmap();
      if (matcher.matches("")) {
        unwanted(matcher, excluded, patience);
      } else {
        wanted(matcher, bitmap, patience);
        if (found == null) {
          found = bitmap;
        } else {
          found.and(bitmap);
        }
      }
    }
    if (found == null) {
      found = RoaringBitmap.bitmapOfRange(0, covered);
    }
    found.andNot(excluded);
    return found;
  }

  /** The matcher does not accept an absent label: collect the values that it accepts. */
  private void wanted(Matcher matcher, RoaringBitmap target, Runnable patience) {
    Name name = find(matcher.name());
    switch (matcher.op()) {
      case EQUAL -> find(name, matcher.value()).addTo(target);
      case NOT_EQUAL -> name.all.addTo(target);
      case REGEX, NOT_REGEX -> scan(name, matcher, true, target, patience);
    }
  }

  /** The matcher accepts an absent label: collect the values that it refuses. */
  private void unwanted(Matcher matcher, RoaringBitmap target, Runnable patience) {
    Name name = find(matcher.name());
    switch (matcher.op()) {
      case EQUAL -> name.all.addTo(target);
      case NOT_EQUAL -> find(name, matcher.value()).addTo(target);
      case REGEX, NOT_REGEX -> scan(name, matcher, false, target, patience);
    }
  }

  private static void scan(
      Name name, Matcher matcher, boolean accepted, RoaringBitmap target, Runnable patience) {
    boolean listed = accepted == (matcher.op() == Matcher.Op.REGEX);
    var words = listed ? LiteralAlternatives.of(matcher.value()) : Optional.<Set<String>>empty();
    if (words.isPresent()) {
      words.get().forEach(word -> find(name, word).addTo(target));
    } else if (matcher.value().equals(".+") || matcher.value().equals(".*")) {
      if (accepted == matcher.matches("x")) {
        name.all.addTo(target);
      }
    } else {
      name.values.forEach(
          (value, posting) -> {
            patience.run();
            if (matcher.matches(value) == accepted) {
              posting.addTo(target);
            }
          });
    }
  }
}
