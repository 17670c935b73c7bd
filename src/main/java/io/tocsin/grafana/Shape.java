package io.tocsin.grafana;

/** What a panel looks like; all of these come with Grafana. */
public enum Shape {
  FIGURE("stat", 4, 4),
  LINES("timeseries", 12, 8),
  METERS("bargauge", 8, 8),
  TABLE("table", 12, 8),
  HEATMAP("heatmap", 12, 8),
  STATES("state-timeline", 12, 8);

  private final String type;
  private final int width;
  private final int height;

  Shape(String type, int width, int height) {
    this.type = type;
    this.width = width;
    this.height = height;
  }

  /** Grafana's type of panel. */
  public String type() {
    return type;
  }

  /** Usual width, in 24ths of a board. */
  int width() {
    return width;
  }

  /** Usual height, in rows of Grafana's grid. */
  int height() {
    return height;
  }
}
