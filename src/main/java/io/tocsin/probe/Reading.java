package io.tocsin.probe;

import io.tocsin.label.Labels;

/**
 * One more number a run brought back, besides those every check has.
 *
 * @param metric the metric's name
 * @param labels its own labels, put beside {@code check} and {@code component}
 * @param value in the unit the metric's name says
 */
public record Reading(String metric, Labels labels, double value) {

  public static Reading of(String metric, double value) {
    return new Reading(metric, Labels.EMPTY, value);
  }
}
