package io.tocsin.rule;

/** One entry of a rule group. */
public sealed interface Rule permits AlertingRule, RecordingRule, DriftRule {

  /** The alert's name, or the name of the series recorded. */
  String name();
}
