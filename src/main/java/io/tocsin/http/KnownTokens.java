package io.tocsin.http;

import io.tocsin.access.ApiToken;
import io.tocsin.access.TokenStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Tokens looked up once in a few seconds instead of once per request. A token revoked on another
 * node is good for at most that long; revoked here, {@link #forget} ends it at once.
 */
final class KnownTokens {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration USE_NOTED = Duration.ofMinutes(1);
  private static final int BOUND = 1_000;

  private record Known(Optional<ApiToken> token, Instant since) {}

  private final TokenStore store;
  private final Blocking blocking;
  private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();

  KnownTokens(TokenStore store, Blocking blocking) {
    this.store = store;
    this.blocking = blocking;
  }

  Future<Optional<ApiToken>> find(String id, Instant now) {
    Known recent = known.get(id);
    if (recent != null && now.isBefore(recent.since.plus(FRESH))) {
      return Future.succeededFuture(recent.token);
    }
    return blocking.call(() -> lookUp(id, now));
  }

  private Optional<ApiToken> lookUp(String id, Instant now) {
    Optional<ApiToken> token = store.find(id);
    if (token.isPresent()
        && token.get().lastUsed().map(last -> last.plus(USE_NOTED).isBefore(now)).orElse(true)) {
      store.used(id, now);
    }
    if (known.size() >= BOUND) {
      // Somebody tries ids: forgetting all costs one look-up per honest token.
      known.clear();
    }
    known.put(id, new Known(token, now));
    return token;
  }

  /** Whether anybody holds a token that is good. */
  Future<Boolean> any(Instant now) {
    return blocking.call(() -> store.tokens().stream().anyMatch(token -> !token.expired(now)));
  }

  void forget(String id) {
    known.remove(id);
  }
}
