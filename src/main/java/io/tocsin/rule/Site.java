package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.template.AlertScope;
import java.time.Instant;
import java.util.Map;

/**
 * What templates may say of this installation.
 *
 * @param externalLabels labels that tell it from others
 * @param externalUrl where people reach it
 */
public record Site(Map<String, String> externalLabels, String externalUrl) {

  /** An installation without a name. */
  public static final Site NONE = new Site(Map.of(), "");

  public Site {
    externalLabels = Map.copyOf(externalLabels);
  }

  /** What the templates of a rule may speak of when a series has a value at an instant. */
  AlertScope scope(Labels series, double value, Instant at) {
    return new AlertScope(series.toMap(), value, externalLabels, externalUrl, at);
  }
}
