package io.tocsin.promql;

/**
 * Where a node stands in its text: half-open offsets, and the line and column (from 1) of its
 * start. The place is no part of what a node means, so all spans are equal.
 */
public record Span(int start, int end, int line, int column) {

  /** The place of a node that was not parsed. */
  public static final Span NONE = new Span(0, 0, 1, 1);

  /** From the start of this to the end of the other. */
  Span to(Span last) {
    return new Span(start, last.end, line, column);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Span;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  /** Line and column, as in {@code 1:5}. */
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
