package io.tocsin.promql;

/** A query that parses but cannot be answered. */
public final class QueryProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why, as Prometheus' API tells them apart. */
  public enum Kind {
    /** The data does not allow it, as when two series end with the same labels. */
    EXECUTION,
    /** It would read more samples than {@link QueryLimits} allow. */
    TOO_MANY_SAMPLES,
    /** Its time was up, or whoever asked has gone. */
    CANCELLED
  }

  private final Kind kind;

  public QueryProblem(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
