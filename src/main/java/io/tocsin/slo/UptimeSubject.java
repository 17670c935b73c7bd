package io.tocsin.slo;

/** Whose uptime is kept. */
public record UptimeSubject(Kind kind, String name) implements Comparable<UptimeSubject> {

  /** A check alone, or a component with all that it is made of. */
  public enum Kind {
    CHECK,
    COMPONENT
  }

  public static UptimeSubject check(String name) {
    return new UptimeSubject(Kind.CHECK, name);
  }

  public static UptimeSubject component(String name) {
    return new UptimeSubject(Kind.COMPONENT, name);
  }

  @Override
  public int compareTo(UptimeSubject other) {
    int order = kind.compareTo(other.kind);
    return order != 0 ? order : name.compareTo(other.name);
  }
}
