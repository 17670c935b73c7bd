package io.tocsin.grafana;

import java.io.IOException;

/** Grafana is not there, or refused; the message says what was found and what was expected. */
public final class GrafanaProblem extends IOException {
  private static final long serialVersionUID = 1;

  GrafanaProblem(String message) {
    super(message);
  }

  GrafanaProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
