package io.tocsin.http;

import io.tocsin.access.AccessPolicy.Admitted;
import io.tocsin.access.AccessPolicy.Refused;
import io.tocsin.access.Principal;
import io.tocsin.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Who am I; log a browser in with a token, and out again. */
public final class SessionRoutes implements Routes {

  private static final String PATH = "/api/v1/session";
  private static final long MAX_BODY = 4 * 1024;

  private final Authentication authentication;
  private final Sessions sessions;
  private final InstantSource clock;

  public SessionRoutes(Authentication authentication, Sessions sessions, InstantSource clock) {
    this.authentication = authentication;
    this.sessions = sessions;
    this.clock = clock;
  }

  private record Login(String token) {}

  private record Session(String name, List<String> scopes) {
    static Session of(Principal principal) {
      return new Session(
          principal.name(), principal.scopes().stream().sorted().map(Scope::word).toList());
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH)
        .answersAtOnce(request -> Reply.json(Session.of(request.principal())));
    Operation.post(router, PATH).reads(MAX_BODY, "application/json").answers(this::logIn);
    Operation.on(router, HttpMethod.DELETE, PATH).answersAtOnce(this::logOut);
  }

  private Future<Reply> logIn(Request request) {
    Login login = request.json(Login.class);
    var now = clock.instant();
    return authentication
        .decide(Optional.of(login.token), now)
        .map(
            decision ->
                switch (decision) {
                  case Admitted admitted -> {
                    Principal who = admitted.principal();
                    if (!who.tokenId().isEmpty()) {
                      request.context().response().addCookie(sessions.open(who.tokenId(), now));
                    }
                    yield Reply.json(Session.of(who));
                  }
                  case Refused refused -> throw ProblemException.unauthenticated(refused.reason());
                });
  }

  private Reply logOut(Request request) {
    request.context().response().addCookie(sessions.closed());
    return Reply.empty(204);
  }
}
