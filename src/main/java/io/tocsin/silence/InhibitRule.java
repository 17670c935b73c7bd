package io.tocsin.silence;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.List;

/**
 * One alert explains another: while an alert that matches the source fires, alerts that match the
 * target and agree with it on the {@code equal} labels make no sound.
 *
 * @see <a
 *     href="https://prometheus.io/docs/alerting/latest/configuration/#inhibit_rule">Alertmanager
 *     inhibit_rule</a>
 */
public record InhibitRule(List<Matcher> source, List<Matcher> target, List<String> equal) {
  public InhibitRule {
    source = List.copyOf(source);
    target = List.copyOf(target);
    equal = List.copyOf(equal);
  }

  boolean isSource(Labels labels) {
    return Matcher.all(source, labels);
  }

  boolean isTarget(Labels labels) {
    return Matcher.all(target, labels);
  }

  /** What source and target must agree on; absent and empty are the same. */
  Labels agreement(Labels labels) {
    return labels.keep(equal);
  }
}
