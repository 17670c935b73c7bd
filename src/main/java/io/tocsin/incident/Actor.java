package io.tocsin.incident;

/**
 * Who did it.
 *
 * @param kind a person, the system, or a machine that spoke through an API
 * @param name as shown on the timeline
 */
public record Actor(Kind kind, String name) {

  /** The engine itself. */
  public static final Actor SYSTEM = new Actor(Kind.SYSTEM, "Tocsin");

  /** Kinds of actor. */
  public enum Kind {
    PERSON,
    SYSTEM,
    INTEGRATION
  }

  public static Actor person(String name) {
    return new Actor(Kind.PERSON, name);
  }
}
