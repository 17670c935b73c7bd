package io.tocsin.grafana;

/** What a reader of a board may choose; the first choice of all is everything. */
public enum Variable {
  COMPONENT("component", "Component", "label_values(probe_success, component)"),
  SEVERITY("severity", "Severity", "critical,high,medium,low"),
  ENVIRONMENT("environment", "Environment", "label_values(up, environment)"),
  INSTANCE("instance", "Host", "label_values(node_uname_info, instance)"),
  MODEL("model", "Model", "label_values(model_predictions_total, model)"),
  CHECK("check", "Check", "label_values(probe_success, check)");

  private final String id;
  private final String label;
  private final String source;

  Variable(String id, String label, String source) {
    this.id = id;
    this.label = label;
    this.source = source;
  }

  /** Its name in queries: {@code $component}. */
  public String id() {
    return id;
  }

  /** Its name for people. */
  public String label() {
    return label;
  }

  /** Where its values come from: a query of labels, or the values themselves. */
  public String source() {
    return source;
  }

  /** Whether its values are fixed. */
  public boolean fixed() {
    return !source.startsWith("label_values(");
  }
}
