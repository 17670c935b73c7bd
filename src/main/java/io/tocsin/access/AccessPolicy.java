package io.tocsin.access;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** How a listener tells who is asking. */
public enum AccessPolicy {
  /** Everybody is {@link Principal#LOCAL}; only for a listener on loopback. */
  OPEN,
  /** A token is needed. */
  TOKENS,
  /** People log in; programs have tokens. */
  PEOPLE,
  /** People log in; tokens are not taken. */
  PEOPLE_ONLY;

  /** Whether people have accounts. */
  public boolean people() {
    return this == PEOPLE || this == PEOPLE_ONLY;
  }

  /** Whether somebody is let in. */
  public sealed interface Decision {}

  /** Let in as this principal. */
  public record Admitted(Principal principal) implements Decision {}

  /** Not let in; the reason is safe to show and does not tell an unknown id from a wrong secret. */
  public record Refused(String reason) implements Decision {}

  /**
   * Refuses a set-up that would leave a reachable listener unguarded.
   *
   * @throws IllegalStateException when access is open off loopback, or nobody holds a token
   */
  public void guard(String address, boolean loopback, boolean anyToken) {
    if (loopback) {
      return;
    }
    switch (this) {
      case OPEN ->
          throw new IllegalStateException(
              "the operations listener on "
                  + address
                  + " is reachable from other machines, but access is open; expected auth: tokens"
                  + " or people, or a loopback address such as 127.0.0.1");
      case PEOPLE, PEOPLE_ONLY -> {
        // Nobody gets in before the first admin was made with the code in the log.
      }
      case TOKENS -> {
        if (!anyToken) {
          throw new IllegalStateException(
              "the operations listener on "
                  + address
                  + " is reachable from other machines, but there is"
                  + " no token yet; create one with: token create --scope admin");
        }
      }
    }
  }

  /** Decides on what a client presented, if anything. */
  public Decision decide(
      Optional<String> presented, Function<String, Optional<ApiToken>> tokens, Instant now) {
    if (this == OPEN) {
      return new Admitted(Principal.LOCAL);
    }
    if (presented.isEmpty()) {
      return new Refused(this == TOKENS ? "a token is needed" : "a log-in or a token is needed");
    }
    if (this == PEOPLE_ONLY) {
      return new Refused("tokens are not taken here");
    }
    Optional<TokenText> text = presented.flatMap(TokenText::parse);
    if (text.isEmpty()) {
      return new Refused("what was presented is not a token; expected tcs_<id>_<secret>");
    }
    return text.flatMap(
            given -> tokens.apply(given.id()).filter(token -> token.hash().equals(given.hash())))
        .map(token -> standing(token, now))
        .orElseGet(() -> new Refused("the token is not known"));
  }

  /** Decides on a token already proved, as by a signed session. */
  public static Decision standing(ApiToken token, Instant now) {
    return token.expired(now)
        ? new Refused("the token has expired")
        : new Admitted(Principal.of(token));
  }
}
