package io.tocsin.http;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.AccessPolicy.Admitted;
import io.tocsin.access.AccessPolicy.Decision;
import io.tocsin.access.AccessPolicy.Refused;
import io.tocsin.access.ApiToken;
import io.tocsin.access.LoginSession;
import io.tocsin.access.Principal;
import io.tocsin.access.SessionSecret;
import io.tocsin.access.TokenStore;
import io.tocsin.access.TokenText;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out who is asking: {@code Authorization: Bearer <token>} or {@code Token <token>}, {@code
 * Basic} with the token as password (any user name), or a session cookie. It refuses nobody:
 * operations that need a scope do.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750 §2.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617#section-2">RFC 7617 §2</a>
 */
public final class Authentication implements Handler<RoutingContext> {

  private static final String DECISION = "tocsin.access";

  private final AccessPolicy policy;
  private final KnownTokens tokens;
  private final Sessions sessions;
  private final Blocking blocking;
  private final InstantSource clock;

  public Authentication(
      AccessPolicy policy,
      TokenStore store,
      Sessions sessions,
      Blocking blocking,
      InstantSource clock) {
    this.policy = policy;
    this.tokens = new KnownTokens(store, blocking);
    this.sessions = sessions;
    this.blocking = blocking;
    this.clock = clock;
  }

  /**
   * Who is asking.
   *
   * @throws ProblemException 401 when nobody known
   */
  public static Principal principal(RoutingContext context) {
    return switch (decision(context)) {
      case Admitted admitted -> admitted.principal();
      case Refused refused -> throw ProblemException.unauthenticated(refused.reason());
    };
  }

  /** Who is asking, if anybody known; for pages that rather offer to log in. */
  public static Optional<Principal> known(RoutingContext context) {
    return switch (decision(context)) {
      case Admitted admitted -> Optional.of(admitted.principal());
      case Refused refused -> Optional.empty();
    };
  }

  /** Why nobody is known; {@code ""} when somebody is. */
  public static String refusal(RoutingContext context) {
    return switch (decision(context)) {
      case Admitted admitted -> "";
      case Refused refused -> refused.reason();
    };
  }

  private static Decision decision(RoutingContext context) {
    Decision decision = context.get(DECISION);
    return decision == null ? new Refused("this listener knows nobody") : decision;
  }

  @Override
  public void handle(RoutingContext context) {
    Future<Decision> decision = decide(context);
    if (decision.isComplete()) {
      proceed(context, decision);
      return;
    }
    // The body must not arrive before somebody listens.
    context.request().pause();
    decision.onComplete(
        done -> {
          context.request().resume();
          proceed(context, decision);
        });
  }

  private static void proceed(RoutingContext context, Future<Decision> decision) {
    if (decision.failed()) {
      context.fail(decision.cause());
      return;
    }
    context.put(DECISION, decision.result());
    context.next();
  }

  private Future<Decision> decide(RoutingContext context) {
    Instant now = clock.instant();
    Optional<String> presented = presented(context);
    if (presented.isPresent() || policy == AccessPolicy.OPEN) {
      return decide(presented, now);
    }
    Optional<SessionSecret> secret = Sessions.presented(context);
    return secret.isEmpty()
        ? decide(Optional.empty(), now)
        : sessions.find(secret.get(), now, blocking).compose(known -> standing(known, now));
  }

  private Future<Decision> standing(Optional<Sessions.Known> known, Instant now) {
    if (known.isEmpty()) {
      return Future.succeededFuture(new Refused("the session has ended"));
    }
    LoginSession session = known.get().session();
    if (!(session.holder() instanceof LoginSession.OfToken of)) {
      return Future.succeededFuture(
          known
              .get()
              .account()
              .<Decision>map(account -> new Admitted(Principal.of(account, session)))
              .orElseGet(() -> new Refused("the account is gone")));
    }
    return tokens
        .find(of.tokenId(), now)
        .map(
            token ->
                token
                    .map(found -> by(session, AccessPolicy.standing(found, now)))
                    .orElseGet(() -> new Refused("the session's token was revoked")));
  }

  private static Decision by(LoginSession session, Decision decision) {
    return switch (decision) {
      case Admitted admitted -> new Admitted(admitted.principal().by(session));
      case Refused refused -> refused;
    };
  }

  /** Decides on a token's text. */
  Future<Decision> decide(Optional<String> presented, Instant now) {
    Optional<String> id = presented.flatMap(TokenText::parse).map(TokenText::id);
    if (policy == AccessPolicy.OPEN || id.isEmpty()) {
      return Future.succeededFuture(policy.decide(presented, unknown -> Optional.empty(), now));
    }
    return tokens
        .find(id.get(), now)
        .map((Optional<ApiToken> found) -> policy.decide(presented, any -> found, now));
  }

  /** Who a token's text stands for, if it is good. */
  public Future<Optional<Principal>> ofToken(String text, Instant now) {
    return decide(Optional.of(text), now)
        .map(
            decision ->
                switch (decision) {
                  case Admitted admitted -> Optional.of(admitted.principal());
                  case Refused refused -> Optional.empty();
                });
  }

  /** Fails where this policy would leave a reachable listener unguarded. */
  Future<Void> guard(ListenAddress address) {
    return tokens
        .any(clock.instant())
        .map(
            any -> {
              policy.guard(address.toString(), address.loopback(), any);
              return null;
            });
  }

  /** A token revoked here is refused from now on. */
  public void forget(String tokenId) {
    tokens.forget(tokenId);
  }

  private static Optional<String> presented(RoutingContext context) {
    String header = context.request().getHeader("Authorization");
    if (header == null) {
      return Optional.empty();
    }
    String[] parts = header.strip().split(" +", 2);
    String credentials = parts.length == 2 ? parts[1] : "";
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      // Clients of Influx say "Token".
      case "bearer", "token" -> Optional.of(credentials);
      case "basic" -> Optional.of(password(credentials));
      default -> Optional.of("");
    };
  }

  private static String password(String basic) {
    try {
      var pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
