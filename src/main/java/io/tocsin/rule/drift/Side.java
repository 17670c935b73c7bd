package io.tocsin.rule.drift;

import java.util.Locale;

/** Which way a change has to go to be an alarm. */
public enum Side {
  /** For the worse; the other way is told as an improvement. */
  WORSE,
  /** Either way. */
  BOTH;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
