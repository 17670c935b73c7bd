package io.tocsin.http;

import io.tocsin.access.Account;
import io.tocsin.access.AccountStore;
import io.tocsin.access.LoginSession;
import io.tocsin.access.LoginSession.Holder;
import io.tocsin.access.LoginSession.OfAccount;
import io.tocsin.access.SessionSecret;
import io.tocsin.access.SessionStore;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Browsers' sessions: a cookie with a random secret, of which the store keeps the hash. A session
 * and its account are looked up once in a few seconds; what is changed here is known at once, what
 * is changed on another node within {@link #FRESH}.
 */
public final class Sessions {

  static final String COOKIE = "tocsin_session";

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration USE_NOTED = Duration.ofMinutes(1);
  private static final int BOUND = 2_000;

  /** A session with the person it belongs to; no person where a token logged in. */
  record Known(LoginSession session, Optional<Account> account) {}

  private record LookedUp(Optional<Known> known, Instant since) {}

  private final SessionStore store;
  private final AccountStore accounts;
  private final LoginSession.Life life;
  private final boolean secure;
  private final ClientAddress addresses;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentMap<String, LookedUp> recent = new ConcurrentHashMap<>();

  /**
   * @param secure whether browsers reach us over HTTPS only
   * @param addresses tells from where a browser comes
   */
  public Sessions(
      SessionStore store,
      AccountStore accounts,
      LoginSession.Life life,
      boolean secure,
      ClientAddress addresses) {
    this.store = store;
    this.accounts = accounts;
    this.life = life;
    this.secure = secure;
    this.addresses = addresses;
  }

  public LoginSession.Life life() {
    return life;
  }

  /** Whether cookies go over HTTPS only. */
  public boolean secure() {
    return secure;
  }

  public ClientAddress addresses() {
    return addresses;
  }

  /** The secret that a browser presents, if any. */
  public static Optional<SessionSecret> presented(RoutingContext context) {
    Cookie cookie = context.request().getCookie(COOKIE);
    return cookie == null ? Optional.empty() : SessionSecret.parse(cookie.getValue());
  }

  /** The session of a secret while it is good. */
  Future<Optional<Known>> find(SessionSecret secret, Instant now, Blocking blocking) {
    LookedUp last = recent.get(secret.hash().hex());
    if (last != null && now.isBefore(last.since.plus(FRESH))) {
      return Future.succeededFuture(last.known.filter(it -> !it.session.over(life, now)));
    }
    return blocking.call(() -> lookUp(secret, now));
  }

  private Optional<Known> lookUp(SessionSecret secret, Instant now) {
    Optional<LoginSession> found = store.find(secret.hash());
    if (found.isPresent() && found.get().over(life, now)) {
      store.end(secret.hash());
      found = Optional.empty();
    }
    Optional<Known> known = found.flatMap(session -> known(session, now));
    if (recent.size() >= BOUND) {
      // Somebody tries secrets: forgetting all costs one look-up per honest session.
      recent.clear();
    }
    recent.put(secret.hash().hex(), new LookedUp(known, now));
    return known;
  }

  private Optional<Known> known(LoginSession session, Instant now) {
    LoginSession used = session;
    if (session.lastSeen().plus(USE_NOTED).isBefore(now)) {
      store.seen(session.id(), now);
      used = session.seen(now);
    }
    if (!(session.holder() instanceof OfAccount of)) {
      return Optional.of(new Known(used, Optional.empty()));
    }
    Optional<Account> account = accounts.find(of.accountId()).filter(it -> !it.disabled());
    LoginSession one = used;
    return account.map(it -> new Known(one, Optional.of(it)));
  }

  /**
   * Logs a browser in: always with a new secret, and the one it had before ends. Blocks.
   *
   * @return what its forms carry from now on
   */
  public SessionSecret open(RoutingContext context, Holder holder, Instant now) {
    presented(context).ifPresent(this::end);
    SessionSecret secret = SessionSecret.mint(random);
    String agent = context.request().getHeader("User-Agent");
    store.add(
        new LoginSession(
            secret.hash(), holder, now, now, addresses.of(context), agent == null ? "" : agent));
    context.response().addCookie(cookie(secret.reveal()).setMaxAge(life.absolute().toSeconds()));
    return secret;
  }

  /** Logs the browser out. Blocks. */
  public void close(RoutingContext context) {
    presented(context).ifPresent(this::end);
    context.response().addCookie(cookie("").setMaxAge(0));
  }

  private void end(SessionSecret secret) {
    store.end(secret.hash());
    recent.remove(secret.hash().hex());
  }

  /** Something was changed: nothing looked up before counts. */
  public void refresh() {
    recent.clear();
  }

  /** Forgets sessions that are over. Blocks. */
  public void forget(Instant now) {
    store.forget(now.minus(life.absolute()), now.minus(life.idle()));
  }

  private Cookie cookie(String value) {
    // Lax, so that a link in a message opens the page and not the door; forms carry a token.
    return Cookie.cookie(COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(secure)
        .setSameSite(CookieSameSite.LAX);
  }
}
