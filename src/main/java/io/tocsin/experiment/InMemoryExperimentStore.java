package io.tocsin.experiment;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Experiments in memory. Thread-safe. */
final class InMemoryExperimentStore implements ExperimentStore {

  private record Key(String experiment, String metric, String unit) {}

  private final Map<String, Experiment> experiments = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> units = new HashMap<>();
  private final Map<Key, Double> values = new HashMap<>();
  private final Set<Key> counted = new HashSet<>();

  @Override
  public synchronized boolean add(Experiment experiment) {
    return experiments.putIfAbsent(experiment.name(), experiment) == null;
  }

  @Override
  public synchronized void update(Experiment experiment) {
    experiments.replace(experiment.name(), experiment);
  }

  @Override
  public synchronized boolean remove(String name) {
    units.remove(name);
    values.keySet().removeIf(key -> key.experiment().equals(name));
    counted.removeIf(key -> key.experiment().equals(name));
    return experiments.remove(name) != null;
  }

  @Override
  public synchronized List<Experiment> all() {
    return experiments.values().stream()
        .sorted(
            Comparator.comparing(Experiment::startedAt).reversed().thenComparing(Experiment::name))
        .toList();
  }

  @Override
  public synchronized Optional<Experiment> find(String name) {
    return Optional.ofNullable(experiments.get(name));
  }

  @Override
  public synchronized int expose(String experiment, List<Exposure> exposures) {
    var known = units.computeIfAbsent(experiment, absent -> new HashMap<>());
    int fresh = 0;
    for (Exposure exposure : exposures) {
      fresh += known.putIfAbsent(exposure.unit(), exposure.variant()) == null ? 1 : 0;
    }
    return fresh;
  }

  @Override
  public synchronized int record(Experiment experiment, List<Outcome> outcomes) {
    int taken = 0;
    for (Outcome outcome : outcomes) {
      if (!units.getOrDefault(experiment.name(), Map.of()).containsKey(outcome.unit())) {
        continue;
      }
      taken++;
      var key = new Key(experiment.name(), outcome.metric(), outcome.unit());
      boolean again =
          outcome.id().isPresent()
              && !counted.add(new Key(experiment.name(), outcome.metric(), outcome.id().get()));
      Metric metric = experiment.metric(outcome.metric()).orElseThrow();
      switch (metric.combine()) {
        case LAST -> values.put(key, outcome.value());
        case MAX -> values.merge(key, outcome.value(), Math::max);
        case SUM -> values.merge(key, again ? 0 : outcome.value(), Double::sum);
      }
    }
    return taken;
  }

  @Override
  public synchronized Tallies tallies(String experiment) {
    var known = units.getOrDefault(experiment, Map.of());
    var exposed = new HashMap<String, Long>();
    known.values().forEach(variant -> exposed.merge(variant, 1L, Long::sum));
    var outcomes = new HashMap<String, Map<String, Tally>>();
    values.forEach(
        (key, value) -> {
          if (key.experiment().equals(experiment)) {
            outcomes
                .computeIfAbsent(key.metric(), absent -> new HashMap<>())
                .merge(
                    String.valueOf(known.get(key.unit())),
                    new Tally(1, value, value * value),
                    (a, b) ->
                        new Tally(
                            a.units() + b.units(), a.sum() + b.sum(), a.squares() + b.squares()));
          }
        });
    return new Tallies(exposed, outcomes);
  }
}
