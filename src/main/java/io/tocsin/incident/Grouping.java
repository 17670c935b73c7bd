package io.tocsin.incident;

import io.tocsin.alert.Alert;

/** Tells which group an alert belongs to: the first matching route and its {@code group_by}. */
@FunctionalInterface
public interface Grouping {
  GroupKey groupOf(Alert alert);
}
