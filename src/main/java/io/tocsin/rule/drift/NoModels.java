package io.tocsin.rule.drift;

import io.tocsin.model.ModelSpec;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A world without models. */
record NoModels() implements ModelHistory {
  @Override
  public List<String> models() {
    return List.of();
  }

  @Override
  public ModelSpec spec(String model) {
    return ModelSpec.of(model);
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
  public List<Mistake> errors(Target target, long after, Instant at) {
    return List.of();
  }

  @Override
  public List<Weights> importances(Target target, Instant at) {
    return List.of();
  }

  @Override
  public Optional<Instant> keptSince(Target target, Duration window, Instant at) {
    return Optional.empty();
  }
}
