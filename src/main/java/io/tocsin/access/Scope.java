package io.tocsin.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a token or a role allows. {@link #ADMIN} implies everything, {@link #RESPOND} implies {@link
 * #COMMUNICATE}, and that implies {@link #READ}.
 */
public enum Scope {
  /** Write samples, predictions and alerts. */
  INGEST,
  /** See everything, change nothing. */
  READ,
  /** Say how things stand: post updates and tell stakeholders, nothing else. */
  COMMUNICATE,
  /** Act on incidents: acknowledge, assign, update, resolve. */
  RESPOND,
  /** Tokens, reload, maintenance: everything. */
  ADMIN;

  /** Whether holding this scope allows what another one allows. */
  public boolean implies(Scope other) {
    return this == other
        || switch (this) {
          case ADMIN -> true;
          case RESPOND -> other == COMMUNICATE || other == READ;
          case COMMUNICATE -> other == READ;
          case INGEST, READ -> false;
        };
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
