package io.tocsin.telemetry;

import java.util.List;

/**
 * Every metric of ours, under the name its readers know. Rules, boards and runbooks name these, so
 * a name here is a promise.
 */
public enum Meter {
  PROBE_RESULTS("tocsin_probe_results_total", Kind.COUNTER, "Probes by verdict.", "verdict"),
  SAMPLES("tocsin_samples_total", Kind.COUNTER, "Samples taken in, by format.", "format"),
  SAMPLES_REJECTED(
      "tocsin_samples_rejected_total", Kind.COUNTER, "Samples refused, by reason.", "reason"),
  SERIES_REJECTED(
      "tocsin_series_rejected_total",
      Kind.COUNTER,
      "Samples left out because their series were not let in, by reason and job.",
      "reason",
      "job"),
  SAMPLES_DROPPED(
      "tocsin_samples_dropped_total",
      Kind.COUNTER,
      "Own samples that became readable but not durable, by reason.",
      "reason"),
  RULE_EVALUATIONS(
      "tocsin_rule_evaluations_total", Kind.COUNTER, "Rule evaluations begun.", "group"),
  RULE_FAILURES(
      "tocsin_rule_evaluation_failures_total", Kind.COUNTER, "Rule evaluations failed.", "group"),
  RULE_DURATION(
      "tocsin_rule_evaluation_duration_seconds", Kind.TIMER, "How long a rule took.", "group"),
  RULE_LAG(
      "tocsin_rule_group_lag_seconds",
      Kind.GAUGE,
      "How late a group's last evaluation began.",
      "group"),
  RULES_WITHOUT_SERIES(
      "tocsin_rules_without_series",
      Kind.GAUGE,
      "Alerting rules of a group of which no series existed at the last evaluation.",
      "group"),
  CANARY_AGE(
      "tocsin_canary_age_seconds",
      Kind.GAUGE,
      "Age of the newest sample of our own that went through the journal to the rules."),
  ON_CALL("tocsin_oncall_people", Kind.GAUGE, "People on call now, by schedule.", "schedule"),
  ALERTS("tocsin_alerts", Kind.GAUGE, "Alerts by state.", "state"),
  INCIDENTS("tocsin_incidents_open", Kind.GAUGE, "Open incidents by severity.", "severity"),
  TIME_TO_ACKNOWLEDGE(
      "tocsin_incident_time_to_acknowledge_seconds",
      Kind.TIMER,
      "From an incident's opening to its acknowledgement; its mean is the MTTA.",
      "severity"),
  TIME_TO_RESOLVE(
      "tocsin_incident_time_to_resolve_seconds",
      Kind.TIMER,
      "From an incident's opening to its resolution; its mean is the MTTR.",
      "severity"),
  DELIVERIES(
      "tocsin_deliveries_total",
      Kind.COUNTER,
      "Delivery attempts by receiver and result.",
      "receiver",
      "result"),
  DELIVERY_DURATION(
      "tocsin_delivery_duration_seconds", Kind.TIMER, "How long an attempt took.", "receiver"),
  QUEUE_DEPTH("tocsin_queue_depth", Kind.GAUGE, "Entries waiting in a bounded queue.", "queue"),
  QUEUE_CAPACITY("tocsin_queue_capacity", Kind.GAUGE, "Bound of a queue.", "queue"),
  JOURNAL_LAG(
      "tocsin_journal_lag_seconds",
      Kind.GAUGE,
      "Age of the oldest sample accepted but not yet durable."),
  OUTBOX_AGE(
      "tocsin_outbox_oldest_age_seconds", Kind.GAUGE, "Age of the oldest undelivered message."),
  SUBSCRIBER_WAITING(
      "tocsin_subscriber_messages_waiting",
      Kind.GAUGE,
      "Messages to subscribers of the status page that have not arrived yet, also those to be tried"
          + " again."),
  SUBSCRIBER_AGE(
      "tocsin_subscriber_oldest_age_seconds",
      Kind.GAUGE,
      "Age of the oldest message to a subscriber that nobody has tried to send and that waits for"
          + " no other."),
  CONFIG_LOADED(
      "tocsin_config_last_reload_successful",
      Kind.GAUGE,
      "1 while the files are what we run by, 0 after a reload that was refused."),
  SERIES("tocsin_series", Kind.GAUGE, "Series in memory."),
  HEALTH("tocsin_health", Kind.GAUGE, "1 while a check of our own is fine, else 0.", "check");

  /** How a meter counts. Durations are in seconds. */
  public enum Kind {
    COUNTER,
    GAUGE,
    TIMER
  }

  private final String exported;
  private final Kind kind;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> labels;

  Meter(String exported, Kind kind, String description, String... labels) {
    this.exported = exported;
    this.kind = kind;
    this.description = description;
    this.labels = List.of(labels);
  }

  /**
   * The name as Prometheus sees it; a timer adds {@code _count}, {@code _sum} and {@code _bucket}.
   */
  public String exported() {
    return exported;
  }

  public Kind kind() {
    return kind;
  }

  public String description() {
    return description;
  }

  /** The labels it is told apart by, in the order in which their values are given. */
  public List<String> labels() {
    return labels;
  }
}
