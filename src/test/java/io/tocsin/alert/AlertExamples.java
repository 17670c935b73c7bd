package io.tocsin.alert;

import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alerts and rules for tests. */
public final class AlertExamples {
  public static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

  private AlertExamples() {}

  /** A rule named as its alert that fires at once. */
  public static AlertSpec rule(String name) {
    return AlertSpec.of("test.yaml;group;" + name, name, Duration.ZERO);
  }

  public static AlertSpec rule(String name, Duration holdFor, Duration keepFiringFor) {
    return rule(name, holdFor, keepFiringFor, NoData.PROMETHEUS);
  }

  public static AlertSpec rule(
      String name, Duration holdFor, Duration keepFiringFor, NoData noData) {
    return new AlertSpec(
        "test.yaml;group;" + name,
        name,
        holdFor,
        keepFiringFor,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        noData);
  }

  /** A breach of a rule with more labels. */
  public static Breach breach(AlertSpec rule, String... labels) {
    return new Breach(
        Labels.of(labels).with("alertname", rule.alertName()),
        1,
        Map.of("summary", rule.alertName() + " is bad"));
  }

  /** A whole evaluation that finds these breaches. */
  public static Evaluation found(AlertSpec rule, Instant at, Breach... breaches) {
    return Evaluation.found(rule, at, List.of(breaches));
  }

  /** An alert that fires since an instant. */
  public static Alert firing(String name, Instant since, String... labels) {
    AlertSpec rule = rule(name);
    Breach breach = breach(rule, labels);
    return new Alert(
        rule,
        breach.labels(),
        Alert.Phase.FIRING,
        since,
        Optional.of(since),
        Optional.empty(),
        since,
        breach.value(),
        breach.annotations());
  }
}
