package io.tocsin.postmortem;

import io.tocsin.alert.AlertKey;
import io.tocsin.series.SeriesPoints;
import java.util.OptionalDouble;

/**
 * The series behind an alert, around the incident.
 *
 * @param points samples from some time before the breach to some time after it
 * @param threshold the value that the rule compares with, when it compares with a constant
 * @param unit of the values, as in {@code seconds}; empty when there is none
 */
public record AlertGraph(
    AlertKey alert, SeriesPoints points, OptionalDouble threshold, String unit) {}
