package io.tocsin.alert;

import io.tocsin.label.Labels;

/**
 * Identity of an alert: the rule that found it and its final labels, {@code alertname} included.
 */
public record AlertKey(String ruleId, Labels labels) implements Comparable<AlertKey> {

  /** A short stable name, 16 hex digits, as Alertmanager's fingerprint: of the labels alone. */
  public String fingerprint() {
    return String.format("%016x", labels.fingerprint());
  }

  @Override
  public int compareTo(AlertKey other) {
    int order = ruleId.compareTo(other.ruleId);
    return order != 0 ? order : labels.compareTo(other.labels);
  }
}
