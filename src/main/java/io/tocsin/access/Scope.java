package io.tocsin.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a token allows. {@link #ADMIN} implies everything, {@link #RESPOND} implies {@link #READ}.
 */
public enum Scope {
  /** Write samples, predictions and alerts. */
  INGEST,
  /** See everything, change nothing. */
  READ,
  /** Act on incidents: acknowledge, assign, update, resolve. */
  RESPOND,
  /** Tokens, reload, maintenance: everything. */
  ADMIN;

  /** Whether holding this scope allows what another one allows. */
  public boolean implies(Scope other) {
    return this == other || this == ADMIN || (this == RESPOND && other == READ);
  }

  /** Whether any of the held scopes allows what is required. */
  public static boolean allows(Collection<Scope> held, Scope required) {
    return held.stream().anyMatch(scope -> scope.implies(required));
  }

  /** Every scope. */
  public static Set<Scope> all() {
    return EnumSet.allOf(Scope.class);
  }

  /** The scope of this lower-case name; empty for any other text. */
  public static Optional<Scope> named(String text) {
    for (Scope scope : values()) {
      if (scope.word().equals(text)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }

  /** The name as written in configuration, API and console. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
