package io.tocsin.rule;

/** One rule of a group. */
public sealed interface Rule permits AlertingRule, RecordingRule, DriftRule {

  /** Stable identity: {@code file;group;index}. */
  String id();

  /** The alert's or the recorded metric's name. */
  String name();
}
