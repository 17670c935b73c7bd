package io.tocsin.access;

import java.util.Set;

/**
 * Who is asking.
 *
 * @param name as it appears in timelines and the audit log
 * @param tokenId the token presented, {@code ""} when access is open
 * @param scopes what it may do
 */
public record Principal(String name, String tokenId, Set<Scope> scopes) {

  /** Anybody on this machine, where access is open: every scope. */
  public static final Principal LOCAL = new Principal("local", "", Scope.all());

  public Principal {
    scopes = Set.copyOf(scopes);
  }

  static Principal of(ApiToken token) {
    return new Principal(token.name(), token.id(), token.scopes());
  }

  /** Whether this principal may do what a scope allows. */
  public boolean may(Scope required) {
    return Scope.allows(scopes, required);
  }
}
