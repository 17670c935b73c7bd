package io.tocsin.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a person is for, from the one who looks to the one who may do everything. */
public enum Role {
  /** Sees everything, changes nothing. */
  VIEWER(Scope.READ),
  /** Sees everything and posts updates. */
  COMMUNICATOR(Scope.COMMUNICATE),
  /** Acts on incidents, alerts and checks. */
  RESPONDER(Scope.RESPOND),
  /** Everything, people and tokens included. */
  ADMIN(Scope.ADMIN);

  private final Scope scope;

  Role(Scope scope) {
    this.scope = scope;
  }

  /** What it allows. */
  public Set<Scope> scopes() {
    return Set.of(scope);
  }

  /** The name as written in configuration, API and console. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a word; empty for any other text. */
  public static Optional<Role> named(String text) {
    return Arrays.stream(values()).filter(role -> role.word().equals(text)).findFirst();
  }
}
