package io.tocsin.http;

import io.tocsin.access.AccountDesk;
import io.tocsin.access.ApiToken;
import io.tocsin.access.Scope;
import io.tocsin.access.TokenDesk;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tokens: which there are, a new one (its text is shown this once), and an end to one. */
public final class TokenRoutes implements Routes {

  private static final String PATH = "/api/v1/tokens";
  private static final long MAX_BODY = 4 * 1024;
  private static final int MAX_NAME = 100;

  private final TokenDesk desk;
  private final Sessions sessions;
  private final Blocking blocking;
  private final InstantSource clock;

  public TokenRoutes(TokenDesk desk, Sessions sessions, Blocking blocking, InstantSource clock) {
    this.desk = desk;
    this.sessions = sessions;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Wanted(String name, List<String> scopes, Optional<Instant> expiresAt) {}

  private record TokenJson(
      String id,
      String name,
      List<String> scopes,
      Instant createdAt,
      Optional<Instant> expiresAt,
      Optional<Instant> lastUsedAt,
      Optional<String> token) {
    static TokenJson of(ApiToken token, Optional<String> text) {
      return new TokenJson(
          token.id(),
          token.name(),
          token.scopes().stream().sorted().map(Scope::word).toList(),
          token.created(),
          token.expires(),
          token.lastUsed(),
          text);
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.ADMIN).answersOn(blocking, request -> list());
    Operation.post(router, PATH)
        .needs(Scope.ADMIN)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::create);
    Operation.on(router, HttpMethod.DELETE, PATH + "/:id")
        .needs(Scope.ADMIN)
        .answersOn(blocking, this::revoke);
  }

  private Reply list() {
    List<TokenJson> all =
        desk.tokens().stream().map(token -> TokenJson.of(token, Optional.empty())).toList();
    return Reply.json(Map.of("tokens", all));
  }

  private Reply create(Request request) {
    Wanted wanted = request.json(Wanted.class);
    Instant now = clock.instant();
    if (wanted.name.isBlank() || wanted.name.length() > MAX_NAME) {
      throw Request.wrong("name", wanted.name, "1 to " + MAX_NAME + " characters");
    }
    if (wanted.expiresAt.isPresent() && !wanted.expiresAt.get().isAfter(now)) {
      throw Request.wrong("expires_at", wanted.expiresAt.get().toString(), "a time to come");
    }
    TokenDesk.Made made =
        desk.create(by(request), wanted.name, scopes(wanted.scopes), wanted.expiresAt);
    ApiToken token = made.token();
    return Reply.created(
            PATH + "/" + token.id(), TokenJson.of(token, Optional.of(made.text().reveal())))
        .with("Cache-Control", "no-store");
  }

  private static Set<Scope> scopes(List<String> words) {
    var scopes = new LinkedHashSet<Scope>();
    for (String word : words) {
      scopes.add(Request.choice("scopes", word, Scope.class));
    }
    if (scopes.isEmpty()) {
      throw Request.wrong(
          "scopes", "", "at least one of ingest, read, communicate, respond, admin");
    }
    return scopes;
  }

  private Reply revoke(Request request) {
    String id = request.path("id");
    if (!desk.revoke(by(request), id)) {
      throw ProblemException.notFound("there is no token " + id);
    }
    return Reply.empty(204);
  }

  private AccountDesk.By by(Request request) {
    AuditTrail.told(request.context());
    return new AccountDesk.By(
        request.principal().name(), sessions.addresses().of(request.context()), clock.instant());
  }
}
