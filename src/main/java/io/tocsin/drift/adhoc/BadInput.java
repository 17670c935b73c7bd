package io.tocsin.drift.adhoc;

/** Something in a request that cannot be taken; the message names the field and what is wrong. */
public final class BadInput extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public BadInput(String message) {
    super(message);
  }

  static BadInput of(String field, String found, String expected) {
    return new BadInput("%s: found %s, expected %s".formatted(field, found, expected));
  }
}
