package io.tocsin.alert;

import java.util.Locale;

/** How bad it is, worst first. The owner's four levels. */
public enum Severity {
  CRITICAL,
  HIGH,
  MEDIUM,
  LOW;

  /**
   * The level that a {@code severity} label of a foreign rule means: critical is CRITICAL; page,
   * error, high and major are HIGH; info and low are LOW; warning, none, absent and anything else
   * are MEDIUM.
   */
  public static Severity fromLabel(String label) {
    return switch (label.toLowerCase(Locale.ROOT)) {
      case "critical" -> CRITICAL;
      case "page", "error", "high", "major" -> HIGH;
      case "info", "low" -> LOW;
      default -> MEDIUM;
    };
  }

  /** Whether this is worse than the other. */
  public boolean worseThan(Severity other) {
    return ordinal() < other.ordinal();
  }

  /** The worse of two. */
  public static Severity worst(Severity a, Severity b) {
    return a.ordinal() <= b.ordinal() ? a : b;
  }

  /** As a label value: {@code critical}, {@code high}, {@code medium}, {@code low}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
