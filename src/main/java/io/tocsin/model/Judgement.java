package io.tocsin.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins truths to earlier predictions by id, in whatever order they arrive, and keeps how the
 * predictions turned out by when they were made.
 */
final class Judgement {

  /** Truths that may wait for their prediction. */
  static final int MOST_WAITING = 50_000;

  /** Sets of segments told apart; rows of further ones are counted by version alone. */
  private static final int MOST_SETS = 10_000;

  private static final Duration HISTORY = Duration.ofDays(35);
  private static final Duration RECENT = Duration.ofHours(6);
  private static final Retention RETENTION =
      new Retention(
          Duration.ofMinutes(1).toMillis(),
          RECENT.toMillis(),
          Duration.ofHours(1).toMillis(),
          HISTORY.toMillis());

  private record Waiting(FeatureValue actual, long arrived) {}

  private final SlicedSegments<OutcomeTally> outcomes =
      new SlicedSegments<>(RETENTION, OutcomeTally::new);
  private final LinkedHashMap<Long, Waiting> waiting = new LinkedHashMap<>();
  private final ClassNames classes = new ClassNames();
  private final ErrorLog errors = new ErrorLog();
  private final List<int[]> sets = new ArrayList<>();
  private final Map<List<Integer>, Integer> setNumbers = new HashMap<>();
  private final Segments segments;
  private ModelSpec spec;
  private OpenRows open;
  private double pivot = Double.NaN;
  private long orphans;
  private long unsampled;
  private long repeated;
  private long swept;

  Judgement(ModelSpec spec, Segments segments) {
    this.spec = spec;
    this.segments = segments;
    this.open = new OpenRows(spec.join().rows());
  }

  void configure(ModelSpec changed) {
    if (changed.join().rows() != spec.join().rows()) {
      open = open.resized(changed.join().rows());
    }
    spec = changed;
  }

  ErrorLog errors() {
    return errors;
  }

  /** Truths whose prediction never came. */
  long orphans() {
    return orphans;
  }

  /** Truths of predictions outside the sample. */
  long unsampled() {
    return unsampled;
  }

  /** Truths that came again. */
  long repeated() {
    return repeated;
  }

  /** Predictions that are held for their truth. */
  int held() {
    return open.size();
  }

  /** One in so many predictions is held. */
  long sampledOneIn() {
    return 1L << open.level();
  }

  /** Counts predictions and holds those with an id. */
  void expect(PredictionRows rows, int[][] segmentsOf, List<RowGroup> groups, long now) {
    for (RowGroup group : groups) {
      if (group.time >= now - RETENTION.history()) {
        outcomes.at(group.segment, group.time).predictions += group.size;
      }
    }
    Column answers = rows.prediction.orElse(null);
    if (answers == null) {
      return;
    }
    long earliest = now - spec.join().window().toMillis();
    for (int row = 0; row < rows.size; row++) {
      long id = rows.ids[row];
      if (id != 0
          && rows.times[row] >= earliest
          && (open.sampled(id) || (!waiting.isEmpty() && waiting.containsKey(id)))) {
        expect(rows, answers, row, segmentsOf[row], now);
      }
    }
  }

  private void expect(PredictionRows rows, Column answers, int row, int[] of, long now) {
    FeatureValue answer = answers.at(row);
    if (answer instanceof FeatureValue.Missing) {
      return;
    }
    int set = setNumber(of);
    var held =
        new OpenRows.Row(
            rows.times[row],
            bits(answer),
            klass(answer),
            (float) rows.confidences[row],
            (float) score(rows, row, answer),
            set,
            false);
    if (open.put(rows.ids[row], held)) {
      for (int segment : sets.get(set)) {
        outcomes.at(segment, held.time()).joinable++;
      }
    }
    Waiting early = waiting.remove(rows.ids[row]);
    if (early != null) {
      judge(rows.ids[row], early.actual, Math.max(early.arrived, held.time()), now);
    }
  }

  /** A number between 0 and 1 is its own score unless one is given. */
  private static double score(PredictionRows rows, int row, FeatureValue answer) {
    double given = rows.scores[row];
    return Double.isNaN(given)
            && answer instanceof FeatureValue.Numeric(double value)
            && value >= 0
            && value <= 1
        ? value
        : given;
  }

  private int setNumber(int[] of) {
    List<Integer> key = Arrays.stream(of).boxed().toList();
    Integer known = setNumbers.get(key);
    if (known != null) {
      return known;
    }
    if (sets.size() >= MOST_SETS && of.length > 1) {
      return setNumber(Arrays.copyOf(of, 1));
    }
    sets.add(of);
    setNumbers.put(key, sets.size() - 1);
    return sets.size() - 1;
  }

  /** Whether the two are equal is whether their bits are. */
  private static long bits(FeatureValue value) {
    return switch (value) {
      case FeatureValue.Numeric(double number) -> Double.doubleToLongBits(number + 0.0);
      case FeatureValue.Category(String name) -> IdHash.of(name);
      case FeatureValue.Flag(boolean flag) -> flag ? 1 : 0;
      case FeatureValue.Missing ignored -> Long.MIN_VALUE;
    };
  }

  /** The code of a class; whole numbers are classes too, others are none. */
  private int klass(FeatureValue value) {
    return switch (value) {
      case FeatureValue.Numeric(double number) ->
          number == Math.rint(number) && Math.abs(number) < 1e6
              ? classes.code(Long.toString((long) number))
              : -1;
      case FeatureValue.Category(String name) -> classes.code(name);
      case FeatureValue.Flag(boolean flag) -> classes.code(Boolean.toString(flag));
      case FeatureValue.Missing ignored -> -1;
    };
  }

  /** Takes truths in; answers how many found their prediction. */
  int judge(TruthRows truths, long now) {
    int found = 0;
    for (int row = 0; row < truths.size(); row++) {
      found += judge(truths.id(row), truths.actual(row), now, now) ? 1 : 0;
    }
    return found;
  }

  private boolean judge(long id, FeatureValue actual, long arrived, long now) {
    int slot = open.find(id);
    if (slot >= 0) {
      OpenRows.Row row = open.get(slot);
      if (row.judged()) {
        repeated++;
        return false;
      }
      open.markJudged(slot);
      settle(row, actual, arrived, now);
      return true;
    }
    if (!open.sampled(id)) {
      unsampled++;
      return false;
    }
    waiting.putLast(id, new Waiting(actual, arrived));
    if (waiting.size() > MOST_WAITING) {
      waiting.pollFirstEntry();
      orphans++;
    }
    return false;
  }

  private void settle(OpenRows.Row row, FeatureValue actual, long arrived, long now) {
    boolean right = bits(actual) == row.answer();
    if (actual instanceof FeatureValue.Numeric(double truth) && Double.isNaN(pivot)) {
      pivot = truth;
    }
    if (row.time() >= now - RETENTION.history()) {
      for (int segment : sets.get(row.segments())) {
        settle(outcomes.at(segment, row.time()), row, actual, right, arrived);
      }
    }
    String version = segments.get(sets.get(row.segments())[0]).version();
    errors.add(row.time(), version, error(row, actual, right));
  }

  private static double error(OpenRows.Row row, FeatureValue actual, boolean right) {
    return actual instanceof FeatureValue.Numeric(double truth)
        ? Math.abs(Double.longBitsToDouble(row.answer()) - truth)
        : right ? 0 : 1;
  }

  private void settle(
      OutcomeTally tally, OpenRows.Row row, FeatureValue actual, boolean right, long arrived) {
    tally.judged++;
    tally.right += right ? 1 : 0;
    tally.delayMillis += Math.max(0, arrived - row.time());
    if (actual instanceof FeatureValue.Numeric(double truth)) {
      tally.number(Double.longBitsToDouble(row.answer()) - truth, truth - pivot);
    }
    int klass = klass(actual);
    if (klass >= 0 && row.klass() >= 0) {
      tally.classes(klass, row.klass());
    }
    if (!Float.isNaN(row.confidence())) {
      tally.confidence(row.confidence(), right);
    }
    Optional<Boolean> positive = positive(actual);
    if (!Float.isNaN(row.score()) && positive.isPresent()) {
      tally.score(row.score(), positive.get());
    }
  }

  /** Whether a truth is the class that scores are of; empty when there are more than two. */
  private Optional<Boolean> positive(FeatureValue actual) {
    return switch (actual) {
      case FeatureValue.Flag(boolean flag) -> Optional.of(flag);
      case FeatureValue.Numeric(double number) ->
          number == 0 || number == 1 ? Optional.of(number == 1) : Optional.empty();
      case FeatureValue.Category(String name) -> spec.positive().map(name::equals);
      case FeatureValue.Missing ignored -> Optional.empty();
    };
  }

  /** How predictions made in a stretch turned out. */
  Judged between(int[] numbers, Span span) {
    return Judged.of(outcomes.between(numbers, span.from(), span.to()), classes);
  }

  /** How predictions of the window that ends now turned out. */
  Judged last(int[] numbers, long windowMillis, long now) {
    return Judged.of(outcomes.last(numbers, windowMillis, now), classes);
  }

  void age(long now) {
    outcomes.age(now);
    long maturity = spec.join().maturity().toMillis();
    while (!waiting.isEmpty() && waiting.firstEntry().getValue().arrived < now - maturity) {
      waiting.pollFirstEntry();
      orphans++;
    }
    if (now - swept >= Duration.ofMinutes(1).toMillis()) {
      swept = now;
      open.forget(now - spec.join().window().toMillis());
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(pivot);
    out.writeLong(orphans);
    out.writeLong(unsampled);
    out.writeLong(repeated);
    classes.write(out);
    errors.write(out);
    out.writeInt(sets.size());
    for (int[] set : sets) {
      Binary.writeSmall(out, set);
    }
    open.write(out);
    out.writeInt(waiting.size());
    for (var one : waiting.entrySet()) {
      out.writeLong(one.getKey());
      out.writeLong(one.getValue().arrived);
      Binary.writeValue(out, one.getValue().actual);
    }
    outcomes.write(out);
  }

  void read(DataInput in) throws IOException {
    pivot = in.readDouble();
    orphans = in.readLong();
    unsampled = in.readLong();
    repeated = in.readLong();
    classes.read(in);
    errors.read(in);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      setNumber(Binary.readSmall(in));
    }
    open.read(in);
    int truths = in.readInt();
    for (int i = 0; i < truths; i++) {
      long id = in.readLong();
      long arrived = in.readLong();
      waiting.putLast(id, new Waiting(Binary.readValue(in), arrived));
    }
    outcomes.read(in, OutcomeTally::read);
  }
}
