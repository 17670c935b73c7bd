package io.tocsin.model;

import io.tocsin.series.SampleBatch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One watched model: what it was asked and answered of late, what it is compared with, and how
 * often it was right. Bounded in memory whatever is sent: {@link Intake#MOST_FEATURES} features of
 * about 160 kB each while values are held, less once they are counted. Thread-safe; comparing
 * happens outside the lock.
 */
public final class ModelWatch {

  private static final int MOST_VERSIONS = 50;
  private static final int MOST_IMPORTANCES = 100;
  private static final long AGEING_MILLIS = 1000;

  private final Schema schema = Schema.bounded();
  private final Subjects subjects;
  private final TreeMap<String, Long> predictions = new TreeMap<>();
  private final List<Importance> importances = new ArrayList<>();
  private final Segments segments = new Segments();
  private final Judgement judgement;
  private ModelSpec spec;
  private Retention retention;
  private SlicedSegments<LatencyTally> latency;
  private Optional<BaselineFact> baseline = Optional.empty();
  private long ignoredFeatures;
  private long rejectedRows;
  private long changes;
  private long applied;
  private long aged;

  private ModelWatch(ModelSpec spec, Retention retention) {
    this.spec = spec;
    this.retention = retention;
    this.subjects = new Subjects(schema, retention, spec.report().zone());
    this.latency = new SlicedSegments<>(retention, LatencyTally::new);
    this.judgement = new Judgement(spec, segments);
  }

  /** Starts watching, remembering enough for these questions. */
  public static ModelWatch of(ModelSpec spec, Collection<DriftQuestion> questions) {
    return new ModelWatch(spec, Retention.of(spec, questions));
  }

  /** Takes over a changed configuration; rows already counted keep their slices. */
  public synchronized void configure(ModelSpec changed, Collection<DriftQuestion> questions) {
    spec = changed;
    retention = Retention.of(changed, questions);
    subjects.retain(retention, changed.report().zone());
    latency.retain(retention);
    judgement.configure(changed);
  }

  public synchronized ModelSpec spec() {
    return spec;
  }

  /** The kinds of its features and answers, for those who read rows. */
  Schema schema() {
    return schema;
  }

  /** The number of the last entry of the journal in this state; 0 for none. */
  synchronized long applied() {
    return applied;
  }

  /**
   * Applies the entry of a number, once: one that is in this state already does nothing.
   *
   * @param now when it was accepted
   * @return for truths how many found their prediction, for anything else its rows
   */
  synchronized int apply(long number, ModelEntry entry, Instant now) {
    if (number <= applied) {
      return 0;
    }
    applied = number;
    changes++;
    return switch (entry) {
      case ModelEntry.Predictions(var rows, long rejected, long ignored) -> {
        rejectedRows += rejected;
        ignoredFeatures += ignored;
        accept(rows, now.toEpochMilli());
        yield rows.size();
      }
      case ModelEntry.Truths(var rows, long rejected) -> {
        rejectedRows += rejected;
        yield judgement.judge(rows, now.toEpochMilli());
      }
      case ModelEntry.BaselineRows(var rows) -> {
        freeze(rows, now);
        yield rows.size();
      }
      case ModelEntry.BaselineWindow(var segment, long from, long to) ->
          freeze(segment, new Span(from, to), now);
      case ModelEntry.Importances(var importance) -> {
        importances.add(importance);
        if (importances.size() > MOST_IMPORTANCES) {
          importances.removeFirst();
        }
        yield importance.weights().size();
      }
    };
  }

  /** Applies an entry that no journal keeps. */
  synchronized int apply(ModelEntry entry, Instant now) {
    return apply(applied + 1, entry, now);
  }

  /**
   * Takes predictions in. Rows older than the remembered past are counted but compared with
   * nothing.
   */
  private void accept(PredictionRows rows, long now) {
    var grouping = new RowGrouping(rows, segments, spec.slices(), retention.fine());
    for (int row = 0; row < rows.size(); row++) {
      count(rows.versionWords[rows.versions[row]]);
    }
    judgement.expect(rows, grouping.segmentsOf(), grouping.groups(), now);
    List<RowGroup> remembered =
        grouping.groups().stream()
            .filter(group -> group.time >= now - retention.history())
            .toList();
    List<RowGroup> ofDays =
        grouping.groups().stream()
            .filter(group -> segments.get(group.segment).label().isEmpty())
            .filter(group -> DayTallies.kept(group.time, now))
            .toList();
    subjects.add(rows, remembered, ofDays);
    LatencyTally.count(latency, segments, rows, remembered);
    age(now);
  }

  private void count(String version) {
    boolean known = predictions.size() < MOST_VERSIONS || predictions.containsKey(version);
    predictions.merge(known ? version : Segment.OTHER, 1L, Long::sum);
  }

  private void age(long now) {
    if (now - aged < AGEING_MILLIS && now >= aged) {
      return;
    }
    aged = now;
    subjects.age(now);
    latency.age(now);
    judgement.age(now);
  }

  private void freeze(PredictionRows rows, Instant now) {
    subjects.freeze(rows);
    baseline =
        Optional.of(new BaselineFact(now.truncatedTo(ChronoUnit.MILLIS), "upload", rows.size()));
  }

  private int freeze(Segment segment, Span past, Instant now) {
    int[] numbers = segments.numbers(segment);
    var histories = subjects.map().values();
    histories.forEach(history -> history.freeze(numbers, past));
    long rows = histories.stream().mapToLong(History::frozenRows).max().orElse(0);
    baseline = Optional.of(new BaselineFact(now.truncatedTo(ChronoUnit.MILLIS), "window", rows));
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, rows));
  }

  /** Subjects that have had a value, features in order of first sight among them. */
  public synchronized List<Subject> subjects() {
    return List.copyOf(subjects.map().keySet());
  }

  /** The kind of a subject; empty for one never seen. */
  public synchronized Optional<ValueKind> kind(Subject subject) {
    return Optional.ofNullable(subjects.map().get(subject)).map(History::kind);
  }

  /** Versions that have rows, in order of first sight. */
  public synchronized List<String> versions() {
    return segments.versions();
  }

  /** Values of declared labels that have rows, in order of first sight. */
  public synchronized List<Segment> slices() {
    return segments.slices();
  }

  /** What the frozen reference was made of; empty when nothing is frozen. */
  public synchronized Optional<BaselineFact> baseline() {
    return baseline;
  }

  /** Importances of a version, oldest first; at most 100 of all versions are kept. */
  public synchronized List<Importance> importances(String version) {
    return importances.stream().filter(one -> one.version().equals(version)).toList();
  }

  /** How predictions made in {@code [from, to)} turned out, whole minutes or hours of them. */
  public synchronized Judged judged(Segment segment, Instant from, Instant to) {
    return judgement.between(
        segments.numbers(segment), new Span(from.toEpochMilli(), to.toEpochMilli()));
  }

  /** Judged answers from a number on, in order of their truths' arrival; the newest 20,000. */
  public synchronized List<Judgment> errors(long from) {
    return judgement.errors().from(from);
  }

  /** The number the next judged answer will have. */
  public synchronized long errorsEnd() {
    return judgement.errors().end();
  }

  /** The two sides of a question, for a caller who compares them; its test plays no part. */
  public synchronized Optional<Sides> sides(DriftQuestion question, Instant now) {
    long millis = now.toEpochMilli();
    age(millis);
    History history = subjects.map().get(question.subject());
    if (history == null) {
      return Optional.empty();
    }
    return Optional.of(
        Comparing.sides(
            history,
            question,
            segments.numbers(question.segment()),
            baseline.map(fact -> fact.frozenAt().toEpochMilli()).orElse(0L),
            millis));
  }

  /**
   * All of a kept local day beside what the model is compared with; days before it where the
   * model's moving reference is forgotten sooner. Empty for a subject never seen and for a day
   * longer ago than {@link DayTallies#KEPT}.
   *
   * @param from the day's begin in the zone of the model's report
   * @param to its end, or now while it goes on
   */
  public synchronized Optional<Sides> ofDay(
      Subject subject, Instant from, Instant to, Instant now) {
    long millis = now.toEpochMilli();
    age(millis);
    History history = subjects.map().get(subject);
    if (history == null || !DayTallies.kept(from.toEpochMilli(), millis)) {
      return Optional.empty();
    }
    return Optional.of(
        Comparing.ofDay(
            history,
            new Span(from.toEpochMilli(), to.toEpochMilli()),
            spec.reference(),
            segments.numbers(Segment.ALL),
            baseline.map(fact -> fact.frozenAt().toEpochMilli()).orElse(0L),
            millis - retention.history()));
  }

  /**
   * The oldest end of a window of this length that can still be asked about: recent slices are
   * short, older ones longer than a short window.
   */
  public synchronized Instant keptSince(Duration window, Instant now) {
    long back = window.toMillis() >= retention.coarse() ? retention.history() : retention.recent();
    return now.minusMillis(back).plus(window);
  }

  /** How long answers of the window that ends now took. */
  public synchronized Latency latency(Instant now) {
    age(now.toEpochMilli());
    return Latency.of(
        latency.last(segments.numbers(Segment.ALL), spec.window().toMillis(), now.toEpochMilli()));
  }

  /** The model's figures of the window that ends now, see {@link ModelFigures}. */
  public synchronized SampleBatch samples(Instant now) {
    age(now.toEpochMilli());
    return figures().samples(now.toEpochMilli());
  }

  private ModelFigures figures() {
    return new ModelFigures(
        spec,
        subjects.map(),
        predictions,
        segments,
        judgement,
        latency,
        new ModelFigures.Counts(ignored(), rejectedRows));
  }

  private long ignored() {
    return ignoredFeatures + subjects.ignored();
  }

  /** Predictions since the beginning, by version. */
  public synchronized Map<String, Long> predictions() {
    return new TreeMap<>(predictions);
  }

  /** One in so many predictions with an id is held for its truth. */
  public synchronized long sampledOneIn() {
    return judgement.sampledOneIn();
  }

  /** Predictions held for their truth. */
  public synchronized int held() {
    return judgement.held();
  }

  /** Grows with every change of state, so that an unchanged model need not be saved again. */
  synchronized long changes() {
    return changes;
  }

  /** Everything but the configuration, for {@link #restore}. */
  public byte[] snapshot() {
    return SnapshotBytes.packed(this::write);
  }

  private synchronized void write(DataOutput out) throws IOException {
    out.writeLong(applied);
    Binary.writeCounts(out, predictions);
    out.writeLong(ignored());
    out.writeLong(rejectedRows);
    SnapshotBytes.write(out, baseline);
    segments.write(out);
    judgement.write(out);
    latency.write(out);
    SnapshotBytes.write(out, importances);
    SnapshotBytes.write(out, subjects.map());
    for (History history : subjects.map().values()) {
      history.writeDays(out);
    }
  }

  /**
   * Goes on where a snapshot ended.
   *
   * @throws IOException when the bytes are not a snapshot of this version
   */
  public static ModelWatch restore(
      ModelSpec spec, Collection<DriftQuestion> questions, byte[] snapshot) throws IOException {
    var model = of(spec, questions);
    model.read(SnapshotBytes.unpacked(spec.name(), snapshot));
    return model;
  }

  private void read(SnapshotBytes.Unpacked snapshot) throws IOException {
    DataInput in = snapshot.parts();
    applied = in.readLong();
    predictions.putAll(Binary.readCounts(in));
    ignoredFeatures = in.readLong();
    rejectedRows = in.readLong();
    baseline = SnapshotBytes.readBaseline(in);
    segments.read(in);
    judgement.read(in);
    latency.read(in, LatencyTally::read);
    importances.addAll(SnapshotBytes.readImportances(in));
    subjects.restore(SnapshotBytes.readSubjects(in, retention, spec.report().zone()));
    if (snapshot.days()) {
      for (History history : subjects.map().values()) {
        history.readDays(in);
      }
    }
  }
}
