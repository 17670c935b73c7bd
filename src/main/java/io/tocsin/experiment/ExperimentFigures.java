package io.tocsin.experiment;

import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.time.Instant;

/** An experiment's result as series, for boards and rules. */
public final class ExperimentFigures {

  private ExperimentFigures() {}

  /** The figures of all running experiments. */
  public static SampleBatch samples(ExperimentStore store, Instant now) {
    var batch = SampleBatch.builder();
    store.all().stream()
        .filter(Experiment::running)
        .forEach(
            experiment ->
                batch.addAll(
                    samples(
                        experiment.name(),
                        ExperimentResult.of(experiment, store.tallies(experiment.name())),
                        now)));
    return batch.build();
  }

  /**
   * {@code experiment_units} by variant; {@code experiment_effect}, {@code experiment_effect_low},
   * {@code experiment_effect_high} and {@code experiment_p_value} by metric and variant, the last
   * three always valid.
   */
  public static SampleBatch samples(String experiment, ExperimentResult result, Instant now) {
    long time = now.toEpochMilli();
    var batch = SampleBatch.builder();
    result
        .exposed()
        .forEach(
            (variant, units) ->
                batch.add(
                    Labels.of(
                        Labels.NAME,
                        "experiment_units",
                        "experiment",
                        experiment,
                        "variant",
                        variant),
                    time,
                    units));
    for (Effect effect : result.effects()) {
      Labels labels =
          Labels.of(
              "experiment", experiment, "metric", effect.metric(), "variant", effect.variant());
      batch.add(labels.with(Labels.NAME, "experiment_effect"), time, effect.difference());
      batch.add(labels.with(Labels.NAME, "experiment_effect_low"), time, effect.always().low());
      batch.add(labels.with(Labels.NAME, "experiment_effect_high"), time, effect.always().high());
      batch.add(labels.with(Labels.NAME, "experiment_p_value"), time, effect.alwaysP());
    }
    return batch.build();
  }
}
