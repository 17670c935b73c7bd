package io.tocsin.rule;

import io.tocsin.alert.AlertSpec;
import io.tocsin.model.DriftQuestion;

/**
 * Alerts when a watched model's data have moved away from their reference.
 *
 * @param spec what the tracker must know
 * @param question what is compared with what
 * @param threshold of the score; a score that sampling alone explains never breaches
 * @param wording labels and annotations
 */
public record DriftRule(AlertSpec spec, DriftQuestion question, double threshold, Wording wording)
    implements Rule {

  @Override
  public String name() {
    return spec.alertName();
  }
}
