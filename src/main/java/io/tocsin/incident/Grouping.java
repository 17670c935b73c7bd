package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;

/** Tells which group an alert belongs to: the first matching route and its {@code group_by}. */
@FunctionalInterface
public interface Grouping {
  GroupKey groupOf(Alert alert);

  /** How bad an alert is. */
  default Severity severityOf(Alert alert) {
    return alert.severity();
  }

  /** When trouble is a storm. */
  default StormPolicy storm() {
    return StormPolicy.DEFAULT;
  }

  /** Whether an alert may share an incident with those of other groups while a storm rages. */
  default boolean foldable(Alert alert) {
    return true;
  }
}
