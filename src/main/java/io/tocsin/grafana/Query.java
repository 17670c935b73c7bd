package io.tocsin.grafana;

/** What a panel asks, and of which data source. */
public sealed interface Query {

  /**
   * PromQL.
   *
   * @param legend what each series is called: {@code {{label}}}
   */
  record Prom(String expr, String legend, Mode mode) implements Query {

    /** How it is asked. */
    public enum Mode {
      /** The latest value of each series. */
      INSTANT,
      /** Values over the board's time. */
      RANGE,
      /** Buckets of a histogram over the board's time. */
      BUCKETS
    }
  }

  /**
   * SQL.
   *
   * @param text a SELECT with Grafana's macros
   * @param series true for columns time, value and metric, false for a table
   */
  record Sql(String text, boolean series) implements Query {}
}
