package io.tocsin.model;

import io.tocsin.drift.CategoricalReference;
import io.tocsin.drift.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Categories over time. At most {@link #MOST_NAMES} are told apart: those of the baseline and those
 * first met; all further ones are counted together as {@link #OTHER}. A name that no slice holds
 * any more gives its place to a new one.
 */
final class CategoryHistory implements History {

  static final int MOST_NAMES = 256;

  /** Names the frozen reference may take of those, so that new ones stay visible. */
  private static final int MOST_FROZEN = 200;

  static final String OTHER = Segment.OTHER;

  private static final int OTHERS_CODE = 0;

  private final ValueKind kind;
  private final SlicedSegments<CategoryTally> slices;
  private final DayTallies<CategoryTally> days;
  private final Map<String, Integer> codes = new HashMap<>();
  private @Nullable String[] names = new @Nullable String[MOST_NAMES + 1];
  private CategoricalReference frozen = new CategoricalReference(Map.of());
  private long frozenMissing;
  private long others;
  private boolean cleared = true;

  CategoryHistory(ValueKind kind, Retention retention, ZoneId zone) {
    this.kind = kind;
    days = new DayTallies<>(zone, CategoryTally::new);
    slices = new SlicedSegments<>(retention, CategoryTally::new);
    names[OTHERS_CODE] = OTHER;
  }

  @Override
  public ValueKind kind() {
    return kind;
  }

  /** Rows counted as {@link #OTHER} for want of room, since the beginning. */
  long others() {
    return others;
  }

  @Override
  public void add(Column column, List<RowGroup> groups) {
    if (!(column instanceof Column.Names names)) {
      miss(groups);
      return;
    }
    others += count(names, groups, group -> slices.at(group.segment, group.time));
  }

  @Override
  public void addToDays(Column column, List<RowGroup> groups) {
    if (!(column instanceof Column.Names names)) {
      missInDays(groups);
      return;
    }
    count(names, groups, group -> days.at(group.time));
  }

  /** Answers how many rows found no name of their own. */
  private long count(
      Column.Names column, List<RowGroup> groups, Function<RowGroup, CategoryTally> into) {
    var known = new int[column.words().length];
    Arrays.fill(known, -1);
    long nameless = 0;
    for (RowGroup group : groups) {
      CategoryTally tally = into.apply(group);
      for (int i = 0; i < group.size; i++) {
        int word = column.codes()[group.rows[i]];
        if (word < 0) {
          tally.miss(1);
          continue;
        }
        if (known[word] < 0) {
          known[word] = code(column.words()[word]);
        }
        tally.add(known[word]);
        nameless += known[word] == OTHERS_CODE ? 1 : 0;
      }
    }
    return nameless;
  }

  @Override
  public void missInDays(List<RowGroup> groups) {
    for (RowGroup group : groups) {
      days.at(group.time).miss(group.size);
    }
  }

  @Override
  public void miss(List<RowGroup> groups) {
    for (RowGroup group : groups) {
      slices.at(group.segment, group.time).miss(group.size);
    }
  }

  private int code(String name) {
    Integer known = codes.get(name);
    if (known != null) {
      return known;
    }
    if (codes.size() >= MOST_NAMES && !cleared) {
      clear();
    }
    if (codes.size() >= MOST_NAMES || name.equals(OTHER)) {
      return OTHERS_CODE;
    }
    int code = 1;
    while (names[code] != null) {
      code++;
    }
    names[code] = name;
    codes.put(name, code);
    return code;
  }

  /** Frees the places of names that neither a slice nor the reference holds. */
  private void clear() {
    cleared = true;
    long[] held = sum(slices.all());
    for (int code = 1; code <= MOST_NAMES; code++) {
      String name = names[code];
      if (name != null && held[code] == 0 && !frozen.counts().containsKey(name)) {
        // Days outlive slices: there such a name is one of the others from now on.
        int freed = code;
        days.all().forEach(quarter -> quarter.fold(freed, OTHERS_CODE));
        names[code] = null;
        codes.remove(name);
      }
    }
  }

  @Override
  public void freeze(Column baseline) {
    if (!(baseline instanceof Column.Names(var name, var given, String[] words, int[] values))) {
      return;
    }
    var all = new HashMap<String, Long>();
    long missing = 0;
    for (int word : values) {
      if (word < 0) {
        missing++;
      } else {
        all.merge(words[word], 1L, Long::sum);
      }
    }
    freeze(all, missing);
  }

  @Override
  public void freeze(int[] segments, Span past) {
    List<CategoryTally> tallies = slices.between(segments, past.from(), past.to());
    freeze(named(sum(tallies)), missing(tallies));
  }

  private void freeze(Map<String, Long> all, long missing) {
    Set<String> largest =
        all.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(OTHER))
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_FROZEN)
            .map(Map.Entry::getKey)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    renumber(largest);
    var kept = new HashMap<String, Long>();
    all.forEach((name, rows) -> kept.merge(largest.contains(name) ? name : OTHER, rows, Long::sum));
    frozen = new CategoricalReference(kept);
    frozenMissing = missing;
  }

  /** Gives the first codes to the reference's names; others met keep one while there is room. */
  private void renumber(Set<String> first) {
    @Nullable String[] before = names;
    names = new @Nullable String[MOST_NAMES + 1];
    names[OTHERS_CODE] = OTHER;
    codes.clear();
    cleared = true;
    first.forEach(this::code);
    var recoded = new int[before.length];
    for (int code = 1; code < before.length; code++) {
      String name = before[code];
      recoded[code] = name == null ? OTHERS_CODE : code(name);
    }
    slices.all().forEach(slice -> slice.recode(recoded));
    days.all().forEach(quarter -> quarter.recode(recoded));
  }

  @Override
  public long frozenRows() {
    return frozen.rows();
  }

  @Override
  public Pair againstBaseline(int[] segments, long windowMillis, long now) {
    return againstBaseline(slices.last(segments, windowMillis, now));
  }

  private Pair againstBaseline(List<CategoryTally> current) {
    return new Pair(
        frozen,
        new Window.Categories(named(sum(current))),
        facts(frozen.rows(), frozenMissing, 0),
        facts(current));
  }

  @Override
  public Pair againstPast(int[] segments, long windowMillis, long now, List<Span> stretches) {
    return against(slices.between(segments, stretches), slices.last(segments, windowMillis, now));
  }

  @Override
  public Pair ofDay(Span day, Past past) {
    List<CategoryTally> current = days.within(day);
    return switch (past) {
      case Past.Frozen() -> againstBaseline(current);
      case Past.Stretches(var segments, var spans) ->
          against(slices.between(segments, spans), current);
      case Past.Days(var before) -> against(days.within(before), current);
    };
  }

  private Pair against(List<CategoryTally> past, List<CategoryTally> current) {
    return new Pair(
        new CategoricalReference(named(sum(past))),
        new Window.Categories(named(sum(current))),
        facts(past),
        facts(current));
  }

  @Override
  public Facts facts(int[] segments, long windowMillis, long now) {
    return facts(slices.last(segments, windowMillis, now));
  }

  private Facts facts(List<CategoryTally> tallies) {
    long[] counts = sum(tallies);
    long unseen = 0;
    for (int code = 0; code < counts.length && frozen.rows() > 0; code++) {
      String name = names[code];
      unseen += name == null || frozen.counts().containsKey(name) ? 0 : counts[code];
    }
    return facts(Arrays.stream(counts).sum(), missing(tallies), unseen);
  }

  private static Facts facts(long rows, long missing, long unseen) {
    return new Facts(new Moments(rows, missing, 0, 0, 0, 0, 0), false, unseen, 0);
  }

  private static long[] sum(List<CategoryTally> tallies) {
    var counts = new long[MOST_NAMES + 1];
    tallies.forEach(slice -> slice.addTo(counts));
    return counts;
  }

  private static long missing(List<CategoryTally> tallies) {
    return tallies.stream().mapToLong(CategoryTally::missing).sum();
  }

  private Map<String, Long> named(long[] counts) {
    var named = new HashMap<String, Long>();
    for (int code = 0; code < counts.length; code++) {
      String name = names[code];
      if (name != null && counts[code] > 0) {
        named.put(name, counts[code]);
      }
    }
    return named;
  }

  @Override
  public void age(long now) {
    slices.age(now);
    days.age(now);
    cleared = false;
  }

  @Override
  public void retain(Retention retention) {
    slices.retain(retention);
  }

  @Override
  public void zone(ZoneId zone) {
    days.zone(zone);
  }

  @Override
  public void writeDays(DataOutput out) throws IOException {
    days.write(out);
  }

  @Override
  public void readDays(DataInput in) throws IOException {
    days.read(in, CategoryTally::read);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    Binary.writeCounts(out, frozen.counts());
    out.writeLong(frozenMissing);
    out.writeLong(others);
    Binary.writeCount(out, codes.size());
    for (var entry : codes.entrySet()) {
      out.writeUTF(entry.getKey());
      Binary.writeCount(out, entry.getValue());
    }
    slices.write(out);
  }

  static CategoryHistory read(ValueKind kind, DataInput in, Retention retention, ZoneId zone)
      throws IOException {
    var history = new CategoryHistory(kind, retention, zone);
    history.frozen = new CategoricalReference(Binary.readCounts(in));
    history.frozenMissing = in.readLong();
    history.others = in.readLong();
    long names = Binary.readCount(in);
    for (int i = 0; i < names; i++) {
      String name = in.readUTF();
      int code = Math.toIntExact(Binary.readCount(in));
      history.codes.put(name, code);
      history.names[code] = name;
    }
    history.slices.read(in, CategoryTally::read);
    return history;
  }
}
