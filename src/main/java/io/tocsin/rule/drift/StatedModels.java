package io.tocsin.rule.drift;

import io.tocsin.model.ModelSpec;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Models as a test states them; versions and slices are all alike. */
public record StatedModels(List<StatedModel> stated) implements ModelHistory {

  public StatedModels {
    stated = List.copyOf(stated);
  }

  private Optional<StatedModel> find(Target target) {
    return stated.stream().filter(model -> model.name().equals(target.model())).findFirst();
  }

  @Override
  public List<String> models() {
    return stated.stream().map(StatedModel::name).toList();
  }

  @Override
  public ModelSpec spec(String model) {
    return ModelSpec.of(model);
  }

  @Override
  public List<String> features(Target target) {
    return find(target).stream()
        .flatMap(model -> model.columns().keySet().stream())
        .filter(name -> !name.equals("prediction") && !name.equals("confidence"))
        .sorted()
        .toList();
  }

  @Override
  public Optional<Sides> sides(
      Target target, Subject subject, ReferenceSource reference, Duration window, Instant at) {
    return find(target)
        .flatMap(model -> model.sides(Distributions.name(subject), at.minus(window), at));
  }

  @Override
  public Judged judged(Target target, Instant from, Instant to) {
    return find(target).map(model -> model.judged(from, to)).orElse(Judged.NONE);
  }

  @Override
  public Volume volume(Target target, Instant from, Instant to) {
    return find(target).map(model -> model.volume(from, to)).orElse(new Volume(0, 0, 0));
  }

  @Override
  public List<Mistake> errors(Target target, long after, Instant at) {
    return find(target).map(model -> model.errors(after, at)).orElse(List.of());
  }

  @Override
  public List<Weights> importances(Target target, Instant at) {
    return find(target).map(model -> model.snapshots(at)).orElse(List.of());
  }

  @Override
  public Optional<Instant> keptSince(Target target, Duration window, Instant at) {
    return find(target).map(StatedModel::start);
  }
}
