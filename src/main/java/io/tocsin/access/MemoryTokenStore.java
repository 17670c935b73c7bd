package io.tocsin.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Tokens for as long as the process lives. */
public final class MemoryTokenStore implements TokenStore {

  private final ConcurrentMap<String, ApiToken> tokens = new ConcurrentHashMap<>();

  @Override
  public List<ApiToken> tokens() {
    return tokens.values().stream()
        .sorted(Comparator.comparing(ApiToken::created).thenComparing(ApiToken::id))
        .toList();
  }

  @Override
  public Optional<ApiToken> find(String id) {
    return Optional.ofNullable(tokens.get(id));
  }

  @Override
  public void add(ApiToken token) {
    if (tokens.putIfAbsent(token.id(), token) != null) {
      throw new IllegalStateException("token id " + token.id() + " is taken");
    }
  }

  @Override
  public boolean revoke(String id) {
    return tokens.remove(id) != null;
  }

  @Override
  public void used(String id, Instant now) {
    tokens.computeIfPresent(id, (key, token) -> token.usedAt(now));
  }
}
