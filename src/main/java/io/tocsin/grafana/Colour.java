package io.tocsin.grafana;

/**
 * The colours of states, as on our own pages. Each has one value for Grafana's light and dark
 * theme, at least 3:1 against both grounds.
 */
public enum Colour {
  GOOD("#1f9d73"),
  AMBER("#b67c05"),
  ORANGE("#d9540f"),
  RED("#d92d43"),
  BLUE("#3b7be0"),
  GREY("#7b8591");

  private final String hex;

  Colour(String hex) {
    this.hex = hex;
  }

  /** As {@code #rrggbb}. */
  public String hex() {
    return hex;
  }
}
