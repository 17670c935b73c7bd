package io.tocsin.model.health;

import java.util.Locale;

/** What a model came to, the worst first. */
public enum HealthState {
  /** It misses a target, or an alert of high severity says so. */
  RED,
  /** It keeps its targets, but something moved. */
  YELLOW,
  /** Nothing can be said: it predicts nothing, or too little is known of it. */
  UNKNOWN,
  /** It keeps its targets and its inputs are those it knows. */
  GREEN;

  /** {@code red}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
