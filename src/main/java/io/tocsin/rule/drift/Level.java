package io.tocsin.rule.drift;

import java.util.Locale;

/** How far something has gone. */
public enum Level {
  /** Worth a look. */
  WARNING,
  /** Worth acting on. */
  CRITICAL;

  /** The word in labels: {@code warning} or {@code critical}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
