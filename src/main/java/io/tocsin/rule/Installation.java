package io.tocsin.rule;

import io.tocsin.label.Labels;

/**
 * What templates know of this installation.
 *
 * @param labels {@code external_labels} of the configuration
 * @param url where people reach the console
 */
public record Installation(Labels labels, String url) {

  /** Nothing is known. */
  public static final Installation UNKNOWN = new Installation(Labels.EMPTY, "");
}
