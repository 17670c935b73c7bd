package io.tocsin.grafana;

/**
 * What a figure counts, by the ids of Grafana's formats.
 *
 * @see <a
 *     href="https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/">Standard
 *     options</a>
 */
public enum Unit {
  COUNT("short"),
  SECONDS("s"),
  MILLIS("ms"),
  DURATION("dtdurations"),
  RATIO("percentunit"),
  BYTES("bytes"),
  PER_SECOND("ops"),
  REQUESTS_PER_SECOND("reqps"),
  REQUESTS_PER_MINUTE("reqpm"),
  BYTES_PER_SECOND("Bps"),
  DOLLARS("currencyUSD"),
  DAYS("d"),
  STATE("none");

  private final String id;

  Unit(String id) {
    this.id = id;
  }

  /** Grafana's id. */
  public String id() {
    return id;
  }
}
