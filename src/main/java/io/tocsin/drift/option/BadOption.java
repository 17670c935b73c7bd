package io.tocsin.drift.option;

/** A parameter that a method does not take, or a value that it does not. */
public final class BadOption extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String field;

  public BadOption(String field, String found, String expected) {
    super("parameters.%s: found \"%s\", expected %s".formatted(field, found, expected));
    this.field = field;
  }

  /** The parameter's name. */
  public String field() {
    return field;
  }
}
