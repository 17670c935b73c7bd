package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr;

/**
 * Writes the result of an expression as a new series.
 *
 * @param name of the series
 * @param expr what is recorded
 * @param labels put on every sample
 */
public record RecordingRule(String name, Expr expr, Labels labels) implements Rule {}
