package io.tocsin.experiment;

/**
 * One of the things that are compared; the first of an experiment is the control.
 *
 * @param weight share of units relative to the other variants, above 0
 */
public record Variant(String name, double weight) {}
