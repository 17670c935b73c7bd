package io.tocsin.template;

/** A template that cannot be read or filled: line, column and why. */
public final class TemplateProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;
  private final String reason;

  public TemplateProblem(int line, int column, String reason) {
    super(line + ":" + column + ": " + reason);
    this.line = line;
    this.column = column;
    this.reason = reason;
  }

  /** Line in the template, from 1. */
  public int line() {
    return line;
  }

  /** Column in the line, from 1. */
  public int column() {
    return column;
  }

  /** The message without its place. */
  public String reason() {
    return reason;
  }
}
