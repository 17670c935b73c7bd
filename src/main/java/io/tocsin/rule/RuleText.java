package io.tocsin.rule;

import io.tocsin.alert.Breach;
import io.tocsin.label.Labels;
import io.tocsin.template.AlertScope;
import io.tocsin.template.QueryPort;
import io.tocsin.template.Template;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns what a rule found into an alert's labels and texts.
 *
 * @param alertName the {@code alertname} label
 * @param wording the rule's templates
 * @param place labels and address of this installation
 * @param queries answers templates that ask
 */
record RuleText(String alertName, Wording wording, Installation place, QueryPort queries) {

  /** The label that names an alert. */
  static final String ALERT_NAME = "alertname";

  /** The alert of a series: its labels, the rule's over them, {@code alertname}, without a name. */
  Labels labels(Labels series, double value) {
    AlertScope scope = scope(series, value);
    var labels = series.without(Labels.NAME).toBuilder();
    wording
        .labels()
        .forEach((name, template) -> labels.set(name, template.expandOrExplain(scope, queries)));
    return labels.set(ALERT_NAME, alertName).build();
  }

  Breach breach(Labels series, double value) {
    AlertScope scope = scope(series, value);
    var texts = new HashMap<String, String>();
    for (Map.Entry<String, Template> annotation : wording.annotations().entrySet()) {
      texts.put(annotation.getKey(), annotation.getValue().expandOrExplain(scope, queries));
    }
    return new Breach(labels(series, value), value, texts);
  }

  private AlertScope scope(Labels series, double value) {
    return new AlertScope(series.toMap(), value, place.labels().toMap(), place.url());
  }
}
