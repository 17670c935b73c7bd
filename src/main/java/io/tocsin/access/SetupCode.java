package io.tocsin.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The code with which the first admin is made: for a while, once, and only of this process. */
public final class SetupCode {

  private static final Duration GOOD = Duration.ofHours(24);

  private record Open(TokenHash hash, Instant until) {}

  private final Runnable closed;
  private Optional<Open> open = Optional.empty();

  /**
   * @param closed is called when it was used, to take away where it is written
   */
  public SetupCode(Runnable closed) {
    this.closed = closed;
  }

  /** A new code; one made before is no longer good. */
  public synchronized String mint(RandomGenerator secureRandom, Instant now) {
    SessionSecret secret = SessionSecret.mint(secureRandom);
    open = Optional.of(new Open(secret.hash(), now.plus(GOOD)));
    return secret.reveal();
  }

  /** Whether a code is good now. */
  public synchronized boolean fits(String code, Instant now) {
    Optional<TokenHash> given = SessionSecret.parse(code).map(SessionSecret::hash);
    return given.isPresent()
        && open.filter(it -> now.isBefore(it.until) && it.hash.equals(given.get())).isPresent();
  }

  /** It was used, or is no longer needed. */
  public synchronized void close() {
    open = Optional.empty();
    closed.run();
  }
}
