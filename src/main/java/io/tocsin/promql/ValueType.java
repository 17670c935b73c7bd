package io.tocsin.promql;

/** What an expression yields. */
public enum ValueType {
  SCALAR("scalar"),
  STRING("string"),
  INSTANT_VECTOR("instant vector"),
  RANGE_VECTOR("range vector");

  private final String text;

  ValueType(String text) {
    this.text = text;
  }

  /** The type's name as Prometheus' messages write it. */
  @Override
  public String toString() {
    return text;
  }
}
