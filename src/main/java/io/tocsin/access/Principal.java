package io.tocsin.access;

import java.util.Optional;
import java.util.Set;

/**
 * Who is asking.
 *
 * @param name as it appears in timelines and the audit log
 * @param tokenId the token presented, {@code ""} without one
 * @param scopes what it may do
 * @param session the browser's session by which it was known, if by one
 */
public record Principal(
    String name, String tokenId, Set<Scope> scopes, Optional<LoginSession> session) {

  /** Anybody on this machine, where access is open: every scope. */
  public static final Principal LOCAL = new Principal("local", "", Scope.all());

  public Principal {
    scopes = Set.copyOf(scopes);
  }

  /** Known otherwise than by a session. */
  public Principal(String name, String tokenId, Set<Scope> scopes) {
    this(name, tokenId, scopes, Optional.empty());
  }

  static Principal of(ApiToken token) {
    return new Principal(token.name(), token.id(), token.scopes());
  }

  /** A person, known by a session. */
  public static Principal of(Account account, LoginSession session) {
    return new Principal(account.name(), "", account.role().scopes(), Optional.of(session));
  }

  /** The same, known by a session. */
  public Principal by(LoginSession how) {
    return new Principal(name, tokenId, scopes, Optional.of(how));
  }

  /** The account, for a person. */
  public Optional<String> accountId() {
    return session
        .map(LoginSession::holder)
        .filter(LoginSession.OfAccount.class::isInstance)
        .map(holder -> ((LoginSession.OfAccount) holder).accountId());
  }

  /** Whether this principal may do what a scope allows. */
  public boolean may(Scope required) {
    return Scope.allows(scopes, required);
  }
}
