package io.tocsin.probe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pings heard from jobs that prove they are alive by calling us. Thread-safe. Tokens are
 * secrets: a ping is compared with every one of them, each in constant time, so its duration tells
 * nothing.
 */
public final class Heartbeats {

  private final Instant since;
  private volatile List<byte[]> tokens = List.of();
  private final Map<String, Instant> heard = new ConcurrentHashMap<>();

  /**
   * @param since when we began to listen
   */
  public Heartbeats(Instant since) {
    this.since = since;
  }

  /** When we began to listen. */
  public Instant since() {
    return since;
  }

  /** Which tokens are awaited from now on. What was heard of others is forgotten. */
  public void expect(Collection<String> awaited) {
    tokens = awaited.stream().map(token -> token.getBytes(StandardCharsets.UTF_8)).toList();
    heard.keySet().retainAll(awaited);
  }

  /**
   * Notes a ping.
   *
   * @return whether the token is one we await
   */
  public boolean ping(String token, Instant at) {
    byte[] given = token.getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (byte[] awaited : tokens) {
      known |= MessageDigest.isEqual(given, awaited);
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
