package io.tocsin.experiment;

import java.util.Map;

/**
 * Everything counted of an experiment.
 *
 * @param exposed units by variant
 * @param outcomes by metric, then by variant: units with an outcome
 */
public record Tallies(Map<String, Long> exposed, Map<String, Map<String, Tally>> outcomes) {

  public static final Tallies NONE = new Tallies(Map.of(), Map.of());

  /** A metric of a variant, units without an outcome taken as the metric says. */
  Tally of(Metric metric, Variant variant) {
    Tally measured =
        outcomes.getOrDefault(metric.name(), Map.of()).getOrDefault(variant.name(), Tally.NONE);
    return metric.absent() == Metric.Absent.ZERO ? measured.withZeros(exposed(variant)) : measured;
  }

  long exposed(Variant variant) {
    return exposed.getOrDefault(variant.name(), 0L);
  }
}
