package io.tocsin.experiment;

import java.util.List;
import java.util.Optional;

/** Experiments as kept. Calls may block. */
public interface ExperimentStore {

  /** Keeps a new one; false when there is one of that name. */
  boolean add(Experiment experiment);

  /** Replaces what is kept of one: when it was stopped. */
  void update(Experiment experiment);

  /** Forgets one with everything counted; false when there is none. */
  boolean remove(String name);

  /** All, the newest first. */
  List<Experiment> all();

  Optional<Experiment> find(String name);

  /**
   * Counts units that met their variant, each once; answers how many were new. A unit keeps the
   * variant it was first counted with.
   */
  int expose(String experiment, List<Exposure> exposures);

  /**
   * Takes outcomes of units that were exposed; answers how many were taken, the rest is unknown.
   */
  int record(Experiment experiment, List<Outcome> outcomes);

  Tallies tallies(String experiment);

  /** Experiments as long as the process lives. */
  static ExperimentStore inMemory() {
    return new InMemoryExperimentStore();
  }
}
