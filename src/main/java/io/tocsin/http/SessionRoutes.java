package io.tocsin.http;

import io.tocsin.access.AccessPolicy.Admitted;
import io.tocsin.access.AccessPolicy.Refused;
import io.tocsin.access.LoginSession.OfToken;
import io.tocsin.access.Principal;
import io.tocsin.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who am I; log a browser in with a token or with name and password, and out again. */
public final class SessionRoutes implements Routes {

  private static final String PATH = "/api/v1/session";
  private static final long MAX_BODY = 4 * 1024;

  private final Authentication authentication;
  private final Sessions sessions;
  private final Optional<PasswordLogin> passwords;
  private final Blocking blocking;
  private final InstantSource clock;

  /**
   * @param passwords empty where people have no accounts
   */
  public SessionRoutes(
      Authentication authentication,
      Sessions sessions,
      Optional<PasswordLogin> passwords,
      Blocking blocking,
      InstantSource clock) {
    this.authentication = authentication;
    this.sessions = sessions;
    this.passwords = passwords;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Login(Optional<String> token, Optional<String> name, Optional<String> password) {}

  private record Session(String name, List<String> scopes) {
    static Session of(Principal principal) {
      return of(principal.name(), principal.scopes());
    }

    static Session of(String name, Set<Scope> scopes) {
      return new Session(name, scopes.stream().sorted().map(Scope::word).toList());
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH)
        .answersAtOnce(request -> Reply.json(Session.of(request.principal())));
    Operation.post(router, PATH).reads(MAX_BODY, "application/json").answers(this::logIn);
    Operation.on(router, HttpMethod.DELETE, PATH).answersOn(blocking, this::logOut);
  }

  private Future<Reply> logIn(Request request) {
    Login login = request.json(Login.class);
    if (login.token.isPresent() == login.name.isPresent()) {
      throw ProblemException.badRequest("expected either token, or name and password");
    }
    return login.token.isPresent()
        ? withToken(request, login.token.get())
        : blocking.call(
            () -> withPassword(request, login.name.orElse(""), login.password.orElse("")));
  }

  private Reply withPassword(Request request, String name, String password) {
    if (passwords.isEmpty()) {
      throw ProblemException.badRequest("people have no accounts here; expected token");
    }
    return switch (passwords.get().logIn(request.context(), name, password, clock.instant())) {
      case PasswordLogin.In in ->
          Reply.json(Session.of(in.account().name(), in.account().role().scopes()));
      case PasswordLogin.Wrong wrong ->
          throw ProblemException.unauthenticated("name or password is wrong");
      case PasswordLogin.Wait wait -> throw ProblemException.tooMany("too many tries", wait.time());
    };
  }

  private Future<Reply> withToken(Request request, String token) {
    var now = clock.instant();
    return authentication
        .decide(Optional.of(token), now)
        .compose(
            decision ->
                switch (decision) {
                  case Admitted admitted ->
                      blocking.call(() -> open(request, admitted.principal(), now));
                  case Refused refused -> throw ProblemException.unauthenticated(refused.reason());
                });
  }

  private Reply open(Request request, Principal who, Instant now) {
    if (!who.tokenId().isEmpty()) {
      sessions.open(request.context(), new OfToken(who.tokenId()), now);
    }
    return Reply.json(Session.of(who));
  }

  private Reply logOut(Request request) {
    sessions.close(request.context());
    return Reply.empty(204);
  }
}
