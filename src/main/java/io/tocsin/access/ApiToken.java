package io.tocsin.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A token as it is stored: all but its secret.
 *
 * @param id the public part of its text, unique
 * @param name what its owner calls it, shown as the actor of what it does
 * @param scopes what it allows, at least one
 * @param hash of its whole text
 * @param expires the first instant at which it is no longer good; empty means never
 * @param lastUsed when it was last presented, to the minute
 */
public record ApiToken(
    String id,
    String name,
    Set<Scope> scopes,
    TokenHash hash,
    Instant created,
    Optional<Instant> expires,
    Optional<Instant> lastUsed) {

  public ApiToken {
    if (name.isBlank()) {
      throw new IllegalArgumentException("expected a name for the token, found nothing");
    }
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("expected at least one scope, found none");
    }
    scopes = Set.copyOf(scopes);
  }

  /** The stored side of a token just minted. */
  public static ApiToken of(
      TokenText text, String name, Set<Scope> scopes, Instant now, Optional<Instant> expires) {
    return new ApiToken(text.id(), name, scopes, text.hash(), now, expires, Optional.empty());
  }

  /** Whether its time is over. */
  public boolean expired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }

  /** This token, used at an instant. */
  public ApiToken usedAt(Instant now) {
    return new ApiToken(id, name, scopes, hash, created, expires, Optional.of(now));
  }
}
