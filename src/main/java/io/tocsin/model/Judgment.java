package io.tocsin.model;

/**
 * One answer whose truth has arrived.
 *
 * @param number in order of the truths' arrival, from 0 on, without gaps
 * @param predictedAt when the model answered, milliseconds since the epoch
 * @param version of the model
 * @param error 0 for a right class and 1 for a wrong one; the size of the difference for numbers
 */
public record Judgment(long number, long predictedAt, String version, double error) {}
