package io.tocsin.model;

/** What a subject's values are; the first value seen, or the baseline, decides it for good. */
public enum ValueKind {
  /** Finite numbers. */
  NUMBER("a number"),
  /** Names out of a set. */
  CATEGORY("text"),
  /** Yes or no; in distributions the categories {@code true} and {@code false}. */
  FLAG("true or false");

  private final String words;

  ValueKind(String words) {
    this.words = words;
  }

  /** For messages: {@code a number}. */
  public String words() {
    return words;
  }
}
