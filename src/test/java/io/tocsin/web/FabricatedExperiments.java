package io.tocsin.web;

import io.tocsin.experiment.Experiment;
import io.tocsin.experiment.ExperimentStore;
import io.tocsin.experiment.Exposure;
import io.tocsin.experiment.Metric;
import io.tocsin.experiment.Outcome;
import io.tocsin.experiment.Variant;
import io.tocsin.statuspage.Fabricated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Experiments with made-up outcomes: one that is won, one that has hardly begun. */
final class FabricatedExperiments {

  private static final int UNITS = 4000;
  private static final List<Variant> VARIANTS =
      List.of(new Variant("control", 1), new Variant("short-form", 1));

  private FabricatedExperiments() {}

  static ExperimentStore store(Instant now) {
    ExperimentStore store = ExperimentStore.inMemory();
    Experiment won =
        experiment("checkout", "Fewer fields at the checkout", now.minus(Duration.ofDays(9)));
    Experiment young = experiment("ranking.v2", Fabricated.HOSTILE, now.minus(Duration.ofHours(3)));
    store.add(won);
    store.add(young);
    fill(store, won, UNITS, now);
    fill(store, young, 40, now);
    return store;
  }

  private static Experiment experiment(String name, String description, Instant started) {
    return new Experiment(
        name,
        description,
        VARIANTS,
        List.of(
            metric("bought", Metric.Kind.PROPORTION, Metric.Goal.INCREASE, Metric.Role.PRIMARY),
            metric("latency", Metric.Kind.MEAN, Metric.Goal.DECREASE, Metric.Role.GUARDRAIL)),
        0.05,
        0.8,
        started,
        Optional.empty());
  }

  private static Metric metric(String name, Metric.Kind kind, Metric.Goal goal, Metric.Role role) {
    return new Metric(name, kind, goal, role, 0.02, 5, Metric.Combine.LAST, Metric.Absent.ZERO);
  }

  /** Of the control every fifth unit buys, of the treatment every third. */
  private static void fill(ExperimentStore store, Experiment experiment, int units, Instant now) {
    var exposures = new ArrayList<Exposure>();
    var outcomes = new ArrayList<Outcome>();
    for (int i = 0; i < units; i++) {
      String unit = "u" + i;
      boolean treated = i % 2 == 1;
      exposures.add(new Exposure(unit, VARIANTS.get(treated ? 1 : 0).name(), now));
      double bought = i / 2 % (treated ? 3 : 5) == 0 ? 1 : 0;
      outcomes.add(new Outcome(unit, "bought", bought, Optional.empty()));
      outcomes.add(new Outcome(unit, "latency", 80 + i % 7, Optional.empty()));
    }
    store.expose(experiment.name(), exposures);
    store.record(experiment, outcomes);
  }
}
