package io.tocsin.rule;

import io.tocsin.template.Template;
import java.util.Map;

/**
 * What an alert says: templates by name, expanded for each breach.
 *
 * @param labels put on the alert over those of the series
 * @param annotations texts for people
 */
public record Wording(Map<String, Template> labels, Map<String, Template> annotations) {
  public Wording {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** Whether a label cannot be known before the expression has a value. */
  boolean labelsNeedValue() {
    return labels.values().stream()
        .filter(template -> !template.isPlain())
        .map(Template::toString)
        .anyMatch(text -> text.contains("alue") || text.contains("query"));
  }
}
