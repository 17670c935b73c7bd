package io.tocsin;

/** The program. */
public final class Tocsin {
  private Tocsin() {}

  public static void main(String[] args) {}
}
