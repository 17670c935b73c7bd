package io.tocsin.model;

/**
 * What turned out to be true for an earlier prediction.
 *
 * @param id of the prediction
 */
public record Truth(String id, FeatureValue actual) {}
