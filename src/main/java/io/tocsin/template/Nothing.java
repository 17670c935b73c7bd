package io.tocsin.template;

/** Go's nil. */
enum Nothing {
  NIL;

  @Override
  public String toString() {
    return "<no value>";
  }
}
