package io.tocsin;

import io.tocsin.model.ModelSpec;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import io.tocsin.rule.drift.ModelHistory;
import io.tocsin.rule.drift.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The watched models as drift rules read them. */
record WatchedModels(Models watched) implements ModelHistory {

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
    return List.of();
  }

  @Override
  public Optional<Sides> sides(
      Target target, Subject subject, ReferenceSource reference, Duration window, Instant at) {
    return Optional.empty();
  }

  @Override
  public Judged judged(Target target, Instant from, Instant to) {
    return Judged.NONE;
  }

  @Override
  public Volume volume(Target target, Instant from, Instant to) {
    return new Volume(0, 0, 0);
  }

  @Override
  public List<Error> errors(Target target, long after, Instant at) {
    return List.of();
  }

  @Override
  public List<Weights> importances(Target target, Instant at) {
    return List.of();
  }

  @Override
  public Optional<Instant> keptSince(Target target) {
    return Optional.empty();
  }
}
