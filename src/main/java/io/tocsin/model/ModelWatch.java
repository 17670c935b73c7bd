package io.tocsin.model;

import io.tocsin.drift.DriftResult;
import io.tocsin.drift.Guard;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One watched model: what it was asked and answered of late, what it is compared with, and how
 * often it was right. Bounded in memory whatever is sent: {@link Intake#MOST_FEATURES} features of
 * about 80 kB each while values are held, less once they are counted. Thread-safe; comparing
 * happens outside the lock.
 */
public final class ModelWatch {

  private static final int FORMAT = 1;
  private static final int MOST_VERSIONS = 50;

  private final Map<Subject, SubjectWatch> subjects = new LinkedHashMap<>();
  private final TreeMap<String, Long> predictions = new TreeMap<>();
  private final Judgement judgement;
  private ModelSpec spec;
  private Retention retention;
  private SubjectWatch latency;
  private long ignoredFeatures;
  private long changes;

  private ModelWatch(ModelSpec spec, Retention retention) {
    this.spec = spec;
    this.retention = retention;
    this.latency = new SubjectWatch(retention);
    this.judgement = new Judgement(accuracyRetention(spec));
  }

  /** Starts watching, remembering enough for these questions. */
  public static ModelWatch of(ModelSpec spec, Collection<DriftQuestion> questions) {
    return new ModelWatch(spec, Retention.of(spec, questions));
  }

  private static Retention accuracyRetention(ModelSpec spec) {
    return Retention.of(spec.accuracyWindow(), spec.accuracyWindow(), spec.accuracyWindow());
  }

  /** Takes over a changed configuration; rows already counted keep their slices. */
  public synchronized void configure(ModelSpec changed, Collection<DriftQuestion> questions) {
    spec = changed;
    retention = Retention.of(changed, questions);
    subjects.values().forEach(subject -> subject.retain(retention));
    latency.retain(retention);
    judgement.retain(accuracyRetention(changed));
  }

  public synchronized ModelSpec spec() {
    return spec;
  }

  /**
   * Takes predictions in. Rows older than the remembered past are counted but compared with
   * nothing.
   */
  public synchronized void accept(List<Prediction> rows, Instant now) {
    changes++;
    for (Prediction row : rows) {
      count(row.version());
      row.id().ifPresent(id -> judgement.expect(id, row.timeMillis(), row.prediction()));
      if (row.timeMillis() >= now.toEpochMilli() - retention.history()) {
        remember(row);
      }
    }
    age(now);
  }

  private void count(String version) {
    boolean known = predictions.size() < MOST_VERSIONS || predictions.containsKey(version);
    predictions.merge(known ? version : "other", 1L, Long::sum);
  }

  private void remember(Prediction row) {
    for (String feature : row.features().keySet()) {
      if (subjects.size() < Intake.MOST_FEATURES) {
        watch(new Subject.Feature(feature));
      } else if (!subjects.containsKey(new Subject.Feature(feature))) {
        ignoredFeatures++;
      }
    }
    watch(Subject.PREDICTION);
    watch(Subject.CONFIDENCE);
    subjects.forEach((subject, watch) -> watch.add(row.timeMillis(), value(row, subject)));
    row.latencyMillis().ifPresent(millis -> latency.add(row.timeMillis(), FeatureValue.of(millis)));
  }

  private SubjectWatch watch(Subject subject) {
    return subjects.computeIfAbsent(subject, absent -> new SubjectWatch(retention));
  }

  private static FeatureValue value(Prediction row, Subject subject) {
    return switch (subject) {
      case Subject.Feature(String name) -> row.features().getOrDefault(name, FeatureValue.MISSING);
      case Subject.Answer ignored -> row.prediction();
      case Subject.Confidence ignored ->
          row.confidence().isPresent()
              ? FeatureValue.of(row.confidence().getAsDouble())
              : FeatureValue.MISSING;
    };
  }

  private void age(Instant now) {
    long millis = now.toEpochMilli();
    subjects.values().forEach(subject -> subject.age(millis));
    latency.age(millis);
    judgement.age(millis);
  }

  /** Freezes these rows as the reference of every subject, in place of the one before. */
  public synchronized void baseline(List<Prediction> rows) {
    changes++;
    for (Prediction row : rows) {
      row.features().keySet().stream()
          .limit(Math.max(0, Intake.MOST_FEATURES - subjects.size()))
          .forEach(feature -> watch(new Subject.Feature(feature)));
    }
    watch(Subject.PREDICTION);
    watch(Subject.CONFIDENCE);
    subjects.forEach(
        (subject, watch) -> watch.freeze(rows.stream().map(row -> value(row, subject)).toList()));
  }

  /** Joins truths to predictions; answers how many found theirs. */
  public synchronized int judge(List<Truth> truths, Instant now) {
    changes++;
    int judged = 0;
    for (Truth truth : truths) {
      judged += judgement.judge(truth, now.toEpochMilli()) ? 1 : 0;
    }
    return judged;
  }

  /** Answers a drift question; {@link DriftResult.NoData} for a subject never seen. */
  public DriftAnswer answer(DriftQuestion question, Instant now) {
    long millis = now.toEpochMilli();
    Optional<History.Sides> sides;
    long missing;
    synchronized (this) {
      var subject = Optional.ofNullable(subjects.get(question.subject()));
      subject.ifPresent(watch -> watch.age(millis));
      sides = subject.flatMap(watch -> watch.sides(question, millis));
      missing =
          subject.map(watch -> watch.missing(question.window().toMillis(), millis)).orElse(0L);
    }
    Guard guard = Guard.forMinimum(question.minSamples());
    DriftResult result =
        sides
            .map(two -> question.test().compare(two.reference(), two.window(), guard))
            .orElseGet(() -> new DriftResult.NoData(0, 0));
    return new DriftAnswer(question, result, now, missing);
  }

  /**
   * The model's figures of the window that ends now: {@code model_predictions_total} by version,
   * {@code model_confidence_mean}, {@code model_missing_ratio} by subject, {@code
   * model_latency_seconds_mean}, {@code model_accuracy}, {@code model_features_ignored_total}. A
   * figure without rows is left out.
   */
  public synchronized SampleBatch samples(Instant now) {
    age(now);
    long time = now.toEpochMilli();
    long window = spec.window().toMillis();
    var batch = SampleBatch.builder();
    predictions.forEach(
        (version, rows) ->
            batch.add(labels("model_predictions_total").with("version", version), time, rows));
    subjects.forEach(
        (subject, watch) ->
            add(
                batch,
                labels("model_missing_ratio")
                    .with("subject", subject.kind())
                    .with("feature", subject.feature()),
                time,
                watch.missingRatio(window, time)));
    var confidence = Optional.ofNullable(subjects.get(Subject.CONFIDENCE));
    confidence.ifPresent(
        watch -> add(batch, labels("model_confidence_mean"), time, watch.mean(window, time)));
    OptionalDouble latencyMillis = latency.mean(window, time);
    if (latencyMillis.isPresent()) {
      batch.add(labels("model_latency_seconds_mean"), time, latencyMillis.getAsDouble() / 1000);
    }
    long accuracyWindow = spec.accuracyWindow().toMillis();
    add(batch, labels("model_accuracy"), time, judgement.accuracy(accuracyWindow, time));
    batch.add(labels("model_features_ignored_total"), time, ignoredFeatures);
    return batch.build();
  }

  private Labels labels(String metric) {
    return Labels.of(Labels.NAME, metric, "model", spec.name());
  }

  private static void add(
      SampleBatch.Builder batch, Labels labels, long time, OptionalDouble value) {
    if (value.isPresent()) {
      batch.add(labels, time, value.getAsDouble());
    }
  }

  /** Grows with every change of state, so that an unchanged model need not be saved again. */
  synchronized long changes() {
    return changes;
  }

  /** Everything but the configuration, for {@link #restore}. */
  public synchronized byte[] snapshot() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      out.writeInt(FORMAT);
      Binary.writeCounts(out, predictions);
      out.writeLong(ignoredFeatures);
      judgement.write(out);
      latency.write(out);
      out.writeInt(subjects.size());
      for (var entry : subjects.entrySet()) {
        out.writeUTF(entry.getKey().kind());
        out.writeUTF(entry.getKey().feature());
        entry.getValue().write(out);
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Goes on where a snapshot ended.
   *
   * @throws IOException when the bytes are not a snapshot of this version
   */
  public static ModelWatch restore(
      ModelSpec spec, Collection<DriftQuestion> questions, byte[] snapshot) throws IOException {
    var model = of(spec, questions);
    try (var in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(snapshot)))) {
      int format = in.readInt();
      if (format != FORMAT) {
        throw new IOException(
            "snapshot of model %s: found format %d, expected %d"
                .formatted(spec.name(), format, FORMAT));
      }
      model.predictions.putAll(Binary.readCounts(in));
      model.ignoredFeatures = in.readLong();
      model.judgement.read(in);
      model.latency = SubjectWatch.read(in, model.retention);
      model.readSubjects(in);
    }
    return model;
  }

  private void readSubjects(DataInputStream in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String kind = in.readUTF();
      String feature = in.readUTF();
      Subject subject =
          switch (kind) {
            case "feature" -> new Subject.Feature(feature);
            case "prediction" -> Subject.PREDICTION;
            case "confidence" -> Subject.CONFIDENCE;
            default -> throw new IOException("unknown kind of subject " + kind);
          };
      subjects.put(subject, SubjectWatch.read(in, retention));
    }
  }
}
