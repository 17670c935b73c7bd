package io.tocsin.rule;

import io.tocsin.alert.Breach;
import io.tocsin.label.Labels;
import io.tocsin.template.AlertScope;
import io.tocsin.template.QueryPort;
import io.tocsin.template.Template;
import io.tocsin.template.TemplateProblem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The labels and annotations a rule gives to its alerts; both are templates. */
public record Texts(Map<String, Template> labels, Map<String, Template> annotations) {

  /** The label that names an alert. */
  static final String ALERT_NAME = "alertname";

  /** Words by which a template speaks of more than the series' own labels. */
  private static final Pattern BEYOND_LABELS =
      Pattern.compile("[vV]alue|query|now|template|block|\\$(?![a-zA-Z])|(?<![\\w)])\\.(?!\\w)");

  public Texts {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /**
   * Reads templates.
   *
   * @throws RuleProblem for a name that is none, or a malformed template
   */
  public static Texts of(Map<String, String> labels, Map<String, String> annotations) {
    return new Texts(templates("labels", labels), templates("annotations", annotations));
  }

  private static Map<String, Template> templates(String field, Map<String, String> texts) {
    var templates = new LinkedHashMap<String, Template>();
    texts.forEach(
        (name, text) -> {
          if (name.isEmpty() || (field.equals("labels") && name.equals(Labels.NAME))) {
            throw new RuleProblem(
                field, "\"" + name + "\"", "a name, and not " + Labels.NAME + " itself");
          }
          try {
            templates.put(name, Template.parse(text));
          } catch (TemplateProblem problem) {
            throw new RuleProblem(
                field,
                name + ": " + Expressions.shown(text),
                "a template: " + problem.getMessage());
          }
        });
    return templates;
  }

  /** These texts with no annotation but the summary. */
  Texts headline() {
    var summary = new LinkedHashMap<>(annotations);
    summary.keySet().retainAll(Set.of("summary"));
    return new Texts(labels, summary);
  }

  /** Whether an alert's labels follow from its series' labels alone, not from the value. */
  boolean labelsFollowSeries() {
    return labels.values().stream()
        .allMatch(t -> t.isPlain() || !BEYOND_LABELS.matcher(t.toString()).find());
  }

  /** The labels of the alert that a series leads to. */
  Labels labelsFor(String alertName, Labels series, AlertScope scope, QueryPort queries) {
    var builder = series.toBuilder().remove(Labels.NAME);
    labels.forEach((name, template) -> builder.set(name, template.expandOrExplain(scope, queries)));
    return builder.set(ALERT_NAME, alertName).build();
  }

  /** The breach that a series' value is at an instant, with all texts expanded. */
  Breach breach(
      String alertName, Labels series, double value, Instant at, Site site, QueryPort queries) {
    AlertScope scope = site.scope(series, value, at);
    var texts = new LinkedHashMap<String, String>();
    annotations.forEach(
        (name, template) -> texts.put(name, template.expandOrExplain(scope, queries)));
    return new Breach(labelsFor(alertName, series, scope, queries), value, texts);
  }
}
