package io.tocsin.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where tokens are kept. Calls may block on a database, so never from an event loop. */
public interface TokenStore {

  /** Every token, oldest first, expired ones included. */
  List<ApiToken> tokens();

  /** The token of an id. */
  Optional<ApiToken> find(String id);

  /**
   * Keeps a new token.
   *
   * @throws IllegalStateException when the id is taken
   */
  void add(ApiToken token);

  /** Forgets a token; false when there was none. */
  boolean revoke(String id);

  /** Notes that a token was presented. */
  void used(String id, Instant now);
}
