package io.tocsin.rule.drift;

import io.tocsin.model.ModelSpec;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model whose confidence means what it says: 20 bins of it, each right as often as it claims. */
record Calibrated(StatedModel.Column confidence, Instant start, Duration interval)
    implements ModelHistory {

  private StatedModels stated() {
    return new StatedModels(
        List.of(
            new StatedModel(
                "ranker",
                start,
                interval,
                List.of(1000),
                Map.of("confidence", confidence),
                List.of(),
                List.of(),
                Map.of())));
  }

  @Override
  public List<String> models() {
    return List.of("ranker");
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
    return stated().sides(target, subject, reference, window, at);
  }

  /** 2000 rows in bins from 0.025 to 0.975; those from 0.8 on hold the reference's. */
  @Override
  public Judged judged(Target target, Instant from, Instant to) {
    var bins = new ArrayList<Bin>();
    long rows = 0;
    long right = 0;
    for (int i = 0; i < 20; i++) {
      double middle = (i + 0.5) / 20;
      long here = i >= 16 ? 1000 : 100;
      bins.add(new Bin(here, Math.round(here * middle), here * middle));
      if (i >= 16) {
        rows += here;
        right += Math.round(here * middle);
      }
    }
    return new Judged(rows, right, 0, 0, 0, bins);
  }

  @Override
  public Volume volume(Target target, Instant from, Instant to) {
    return new Volume(1000, 0, 0);
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
    return Optional.of(start);
  }
}
