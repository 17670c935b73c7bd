package io.tocsin.model;

import java.util.Arrays;
import java.util.Optional;

/** What a subject's values are; the first value seen, or the baseline, decides it for good. */
public enum ValueKind {
  /** Finite numbers. */
  NUMBER("a number", 'n'),
  /** Names out of a set. */
  CATEGORY("text", 'c'),
  /** Yes or no; in distributions the categories {@code true} and {@code false}. */
  FLAG("true or false", 'f');

  private final String words;
  private final char code;

  ValueKind(String words, char code) {
    this.words = words;
    this.code = code;
  }

  /** One letter for it in bytes. */
  char code() {
    return code;
  }

  /** The kind of a letter. */
  static Optional<ValueKind> of(int code) {
    return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
  }

  /** For messages: {@code a number}. */
  public String words() {
    return words;
  }
}
