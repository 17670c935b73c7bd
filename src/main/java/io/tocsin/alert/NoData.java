package io.tocsin.alert;

/** What an alerting rule does when every selector it names is empty. */
public enum NoData {
  /** As Prometheus: an empty result resolves. The default of a rule that does not say. */
  PROMETHEUS,
  /** Keep each alert as it is. */
  KEEP,
  /** Resolve each alert. */
  RESOLVE,
  /** No data is itself the breach: one alert with the rule's own labels. */
  ALERT
}
