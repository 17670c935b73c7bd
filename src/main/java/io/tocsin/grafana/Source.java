package io.tocsin.grafana;

/** The data sources that the boards name. */
public enum Source {
  METRICS("tocsin", "prometheus", "Tocsin"),
  SQL("tocsin-sql", "postgres", "Tocsin SQL"),
  ALERTS("tocsin-alertmanager", "alertmanager", "Tocsin alerts");

  private final String uid;
  private final String type;
  private final String title;

  Source(String uid, String type, String title) {
    this.uid = uid;
    this.type = type;
    this.title = title;
  }

  /** Names it for ever. */
  public String uid() {
    return uid;
  }

  /** Grafana's plugin; all three come with it. */
  public String type() {
    return type;
  }

  /** Its name for people. */
  public String title() {
    return title;
  }
}
