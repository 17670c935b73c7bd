package io.tocsin.notify;

import io.tocsin.alert.Alert;
import io.tocsin.alert.PostedAlerts;
import io.tocsin.label.Labels;
import java.util.List;

/** What a route's alerts are grouped by. */
public sealed interface GroupBy {

  /**
   * The default: by component, else by alert name; an alert whose sender gave it a key of its own
   * by that. Alerts that say of which {@code model} they are, and of which {@code kind}, are
   * grouped by model: its drift joins the incident that its volume or its data began.
   */
  record Component() implements GroupBy {}

  /** {@code ['...']}: every alert is its own group. */
  record Everything() implements GroupBy {}

  /** By named labels; by none, all alerts of the route are one group. */
  record Names(List<String> names) implements GroupBy {
    public Names {
      names = List.copyOf(names);
    }
  }

  /** The group's labels for an alert. */
  default Labels valuesOf(Alert alert) {
    return switch (this) {
      case Component component when alert.labels().has(PostedAlerts.DEDUP_KEY) ->
          alert.labels().keep(List.of("service", PostedAlerts.DEDUP_KEY));
      case Component component when alert.labels().has("model") && alert.labels().has("kind") ->
          alert.labels().keep(List.of("model"));
      case Component component ->
          alert.components().isEmpty()
              ? Labels.of("alertname", alert.spec().alertName())
              : Labels.of("component", alert.components().getFirst());
      case Everything everything -> alert.labels();
      case Names names -> alert.labels().keep(names.names());
    };
  }
}
