package io.tocsin.incident;

import io.tocsin.label.Labels;

/**
 * What belongs together: one open incident per route and group values.
 *
 * @param route stable path of the first matching route, as in {@code 0/2}; {@code manual} for an
 *     incident a person declared
 * @param values the group's labels
 */
public record GroupKey(String route, Labels values) {
  @Override
  public String toString() {
    return route + ":" + values;
  }
}
