package io.tocsin.promql;

/** Text that is not PromQL: where, and what was expected there. */
public final class ParseProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Span span;
  private final String reason;

  public ParseProblem(Span span, String reason) {
    super(span + ": parse error: " + reason);
    this.span = span;
    this.reason = reason;
  }

  /** The offending place. */
  public Span span() {
    return span;
  }

  /** The message without its position. */
  public String reason() {
    return reason;
  }
}
