package io.tocsin.rule.drift;

import io.tocsin.drift.DriftTest;
import io.tocsin.drift.performance.ScoreCounts;
import io.tocsin.model.DriftQuestion;
import io.tocsin.model.Importance;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Segment;
import io.tocsin.model.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The watched models as drift rules read them. */
public record WatchedModels(Models watched) implements ModelHistory {

  @Override
  public List<String> models() {
    return watched.all().stream().map(watch -> watch.spec().name()).toList();
  }

  @Override
  public ModelSpec spec(String model) {
    return watched.find(model).map(ModelWatch::spec).orElseGet(() -> ModelSpec.of(model));
  }

  @Override
  public List<String> features(Target target) {
    return watched.find(target.model()).stream()
        .flatMap(watch -> watch.subjects().stream())
        .filter(Subject.Feature.class::isInstance)
        .map(Subject::feature)
        .toList();
  }

  @Override
  public Optional<Sides> sides(
      Target target, Subject subject, ReferenceSource reference, Duration window, Instant at) {
    // The test and the minimum of a question play no part in its sides.
    var question =
        new DriftQuestion(
            target.model(), subject, DriftTest.PSI, window, reference, 1, target.segment());
    return watched
        .find(target.model())
        .flatMap(watch -> watch.sides(question, at))
        .map(
            sides ->
                new Sides(
                    sides.reference(),
                    sides.window(),
                    stretch(sides.before()),
                    stretch(sides.now())));
  }

  private static Stretch stretch(io.tocsin.model.Stretch it) {
    return new Stretch(
        it.from(), it.to(), it.rows(), it.missing(), it.mean(), it.sd(), it.unseen(), it.outside());
  }

  @Override
  public Judged judged(Target target, Instant from, Instant to) {
    return watched
        .find(target.model())
        .map(watch -> judged(outcomes(watch, target, from, to)))
        .orElse(Judged.NONE);
  }

  /** Outcomes are counted by whole minutes: the stretch ends with the last full one. */
  private static io.tocsin.model.Judged outcomes(
      ModelWatch watch, Target target, Instant from, Instant to) {
    Instant end = to.truncatedTo(ChronoUnit.MINUTES);
    long minutes = Math.max(1, Math.round(Duration.between(from, to).toMillis() / 60_000.0));
    return watch.judged(target.segment(), end.minus(Duration.ofMinutes(minutes)), end);
  }

  private static Judged judged(io.tocsin.model.Judged it) {
    return new Judged(
        it.judged(),
        it.right(),
        it.numbers().absolute(),
        it.numbers().squared(),
        it.numbers().count(),
        it.calibration().stream()
            .map(bin -> new Bin(bin.rows(), bin.right(), bin.confidence()))
            .toList(),
        new Answers(
            it.confusion(),
            new ScoreCounts(
                it.scores().positives(),
                it.scores().negatives(),
                it.scores().brier(),
                it.scores().logLoss()),
            it.numbers().truths(),
            it.numbers().spread()));
  }

  @Override
  public Volume volume(Target target, Instant from, Instant to) {
    return watched
        .find(target.model())
        .map(watch -> outcomes(watch, target, from, to))
        .map(it -> new Volume(it.predictions(), it.joinable(), it.judged()))
        .orElse(new Volume(0, 0, 0));
  }

  /** The log does not say when a truth arrived: as of the past, by the time of the prediction. */
  @Override
  public List<Mistake> errors(Target target, long after, Instant at) {
    Segment segment = target.segment();
    return watched.find(target.model()).stream()
        .flatMap(watch -> watch.errors(after + 1).stream())
        .filter(one -> segment.version().isEmpty() || segment.version().equals(one.version()))
        .filter(one -> one.predictedAt() <= at.toEpochMilli())
        .map(one -> new Mistake(one.number(), Instant.ofEpochMilli(one.predictedAt()), one.error()))
        .toList();
  }

  @Override
  public List<Weights> importances(Target target, Instant at) {
    Optional<ModelWatch> watch = watched.find(target.model());
    if (watch.isEmpty()) {
      return List.of();
    }
    var versions = new TreeSet<String>();
    target
        .version()
        .ifPresentOrElse(
            versions::add,
            () -> {
              versions.add("");
              versions.addAll(watch.get().versions());
            });
    var all = new ArrayList<Importance>();
    versions.forEach(version -> all.addAll(watch.get().importances(version)));
    return all.stream()
        .filter(one -> !one.at().isAfter(at))
        .sorted(Comparator.comparing(Importance::at))
        .map(one -> new Weights(one.at(), one.weights()))
        .toList();
  }

  @Override
  public Optional<Instant> keptSince(Target target, Duration window, Instant at) {
    return watched.find(target.model()).map(watch -> watch.keptSince(window, at));
  }
}
