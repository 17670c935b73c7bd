package io.tocsin.probe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pings heard from jobs that prove they are alive by calling us. Thread-safe. Tokens are
 * secrets: a ping is compared with every one of them, each in constant time, so its duration tells
 * nothing.
 */
public final class Heartbeats {

  /** Each token awaited, and since when. */
  private volatile Map<String, Instant> awaited = Map.of();

  private final Map<String, Instant> heard = new ConcurrentHashMap<>();

  /** Which tokens are awaited from now on. What was heard of others is forgotten. */
  public synchronized void expect(Collection<String> tokens, Instant now) {
    var next = new HashMap<String, Instant>();
    tokens.forEach(token -> next.put(token, awaited.getOrDefault(token, now)));
    awaited = Map.copyOf(next);
    heard.keySet().retainAll(next.keySet());
  }

  /** Since when a token is awaited; empty when it is not. */
  public Optional<Instant> since(String token) {
    return Optional.ofNullable(awaited.get(token));
  }

  /**
   * Notes a ping.
   *
   * @return whether the token is one we await
   */
  public boolean ping(String token, Instant at) {
    byte[] given = token.getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (String expected : awaited.keySet()) {
      known |= MessageDigest.isEqual(given, expected.getBytes(StandardCharsets.UTF_8));
    }
    if (known) {
      heard.merge(token, at, (before, now) -> now.isAfter(before) ? now : before);
    }
    return known;
  }

  /** The latest ping of a token. */
  public Optional<Instant> last(String token) {
    return Optional.ofNullable(heard.get(token));
  }
}
