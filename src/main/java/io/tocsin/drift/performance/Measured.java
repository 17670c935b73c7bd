package io.tocsin.drift.performance;

/**
 * A metric and how much it strays by itself.
 *
 * @param value NaN where it is not defined
 * @param error its standard error
 */
public record Measured(double value, double error) {}
