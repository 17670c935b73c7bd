package io.tocsin.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Light, dark, or as the reader's system says; kept in a cookie. */
public enum Theme {
  AUTO,
  LIGHT,
  DARK;

  static final String COOKIE = "theme";

  /** As in the cookie and in {@code data-theme}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the label back. */
  static Optional<Theme> parse(String label) {
    return Arrays.stream(values()).filter(theme -> theme.label().equals(label)).findFirst();
  }
}
