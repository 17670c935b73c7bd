package io.tocsin.experiment;

import java.util.Optional;

/**
 * What became of a unit.
 *
 * @param id makes a repeated outcome of a metric that adds up count once
 */
public record Outcome(String unit, String metric, double value, Optional<String> id) {}
