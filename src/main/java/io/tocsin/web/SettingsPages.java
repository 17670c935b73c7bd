package io.tocsin.web;

import io.tocsin.access.Account;
import io.tocsin.access.AccountDesk;
import io.tocsin.access.AccountStore;
import io.tocsin.access.AuditLog;
import io.tocsin.access.LoginSession;
import io.tocsin.access.Role;
import io.tocsin.access.Scope;
import io.tocsin.access.TokenDesk;
import io.tocsin.http.AuditRoutes;
import io.tocsin.http.AuditTrail;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Oneself, and for those who administer: people, tokens, sessions and the audit log. */
final class SettingsPages {

  private static final int AUDIT_PAGE = 100;
  private static final int LONGEST_TOKEN_NAME = 100;

  private final AccessPorts ports;
  private final ConsolePage page;

  SettingsPages(AccessPorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/me", request -> me(request, 200, Map.of(), ""));
    page.post(router, "/me/password", Scope.READ, this::password);
    page.post(router, "/me/sessions/:id/end", Scope.READ, this::endOwn);
    page.get(router, "/settings/users", Scope.ADMIN, request -> users(request, 200, Map.of()));
    page.post(router, "/settings/users", Scope.ADMIN, this::createUser);
    page.post(router, "/settings/users/:id/role", Scope.ADMIN, this::role);
    page.post(router, "/settings/users/:id/standing", Scope.ADMIN, this::standing);
    page.post(router, "/settings/users/:id/password", Scope.ADMIN, this::resetPassword);
    page.get(
        router,
        "/settings/tokens",
        Scope.ADMIN,
        request -> tokens(request, 200, "", Optional.empty()));
    page.post(router, "/settings/tokens", Scope.ADMIN, this::createToken);
    page.post(router, "/settings/tokens/:id/revoke", Scope.ADMIN, this::revoke);
    page.get(router, "/settings/sessions", Scope.ADMIN, this::sessions);
    page.post(router, "/settings/sessions/:id/end", Scope.ADMIN, this::endSession);
    page.get(router, "/settings/audit", Scope.ADMIN, this::audit);
  }

  private AccountDesk.By by(Request request) {
    AuditTrail.told(request.context());
    return new AccountDesk.By(
        request.principal().name(), ports.sessions().addresses().of(request.context()), page.now());
  }

  private Reply me(Request request, int status, Map<String, String> troubles, String done) {
    Optional<Account> account = request.principal().accountId().flatMap(ports.desk()::find);
    List<SessionRow> own =
        request.principal().session().map(it -> rows(request, it.holder())).orElse(List.of());
    return page.page(
        status,
        request,
        "console/me.jte",
        "My account",
        Map.of(
            "view",
            new MeView(
                request.principal().name(),
                request.principal().scopes().stream().sorted().map(Scope::word).toList(),
                account,
                own,
                troubles,
                done)));
  }

  private List<SessionRow> rows(Request request, LoginSession.Holder holder) {
    return rows(request).stream().filter(row -> row.session().holder().equals(holder)).toList();
  }

  private List<SessionRow> rows(Request request) {
    Optional<String> own = request.principal().session().map(LoginSession::handle);
    Instant now = page.now();
    return ports.desk().sessions(ports.sessions().life(), now).stream()
        .map(
            it ->
                new SessionRow(
                    it,
                    ports.desk().holder(it),
                    it.ends(ports.sessions().life()),
                    own.filter(it.handle()::equals).isPresent(),
                    now))
        .toList();
  }

  private Reply password(Request request) {
    String id =
        request
            .principal()
            .accountId()
            .orElseThrow(() -> ProblemException.conflict("only a person has a password"));
    String next = request.query("password").orElse("");
    if (!next.equals(request.query("again").orElse(""))) {
      return me(request, 422, Map.of("again", "The two differ."), "");
    }
    try {
      ports.desk().changePassword(by(request), id, request.query("current").orElse(""), next);
    } catch (AccountDesk.Wrong wrong) {
      return me(request, 422, Map.of(wrong.field(), wrong.words()), "");
    }
    ports.sessions().open(request.context(), new LoginSession.OfAccount(id), page.now());
    return ConsolePage.to("/me");
  }

  private Reply endOwn(Request request) {
    String handle = request.path("id");
    boolean own =
        request
            .principal()
            .session()
            .map(
                it ->
                    rows(request, it.holder()).stream()
                        .anyMatch(row -> row.handle().equals(handle)))
            .orElse(false);
    if (!own || !ports.desk().endSession(by(request), handle)) {
      throw ProblemException.notFound("there is no such session of yours");
    }
    return ConsolePage.to("/me");
  }

  private Reply users(Request request, int status, Map<String, String> troubles) {
    return page.page(
        status,
        request,
        "console/users.jte",
        "Users",
        Map.of(
            "users",
            ports.desk().accounts(),
            "passwords",
            ports.passwords().isPresent(),
            "troubles",
            troubles,
            "name",
            request.query("name").orElse(""),
            "now",
            page.now()));
  }

  private Reply createUser(Request request) {
    try {
      ports
          .desk()
          .create(
              by(request),
              request.query("name").orElse("").strip(),
              Request.choice("role", request.required("role"), Role.class),
              request.query("password").orElse(""));
      return ConsolePage.to("/settings/users");
    } catch (AccountDesk.Wrong wrong) {
      return users(request, 422, Map.of(wrong.field(), wrong.words()));
    }
  }

  private Reply role(Request request) {
    Role role = Request.choice("role", request.required("role"), Role.class);
    return edit(request, Optional.of(role), Optional.empty());
  }

  private Reply standing(Request request) {
    return edit(request, Optional.empty(), Optional.of(request.flag("disabled", false)));
  }

  private Reply edit(Request request, Optional<Role> role, Optional<Boolean> disabled) {
    try {
      return edited(ports.desk().edit(by(request), request.path("id"), role, disabled));
    } catch (AccountStore.Refused refused) {
      return users(request, 409, Map.of("user", String.valueOf(refused.getMessage())));
    }
  }

  private Reply resetPassword(Request request) {
    try {
      String password = request.query("password").orElse("");
      return edited(ports.desk().resetPassword(by(request), request.path("id"), password));
    } catch (AccountDesk.Wrong wrong) {
      return users(request, 422, Map.of("user", "New password: " + wrong.words()));
    }
  }

  private static Reply edited(Optional<Account> account) {
    if (account.isEmpty()) {
      throw ProblemException.notFound("there is no such user");
    }
    return ConsolePage.to("/settings/users");
  }

  private Reply tokens(Request request, int status, String trouble, Optional<TokenDesk.Made> made) {
    return page.page(
        status,
        request,
        "console/tokens.jte",
        "Tokens",
        Map.of(
            "tokens",
            ports.tokens().tokens(),
            "trouble",
            trouble,
            "name",
            made.isPresent() ? "" : request.query("name").orElse(""),
            "made",
            made,
            "now",
            page.now()));
  }

  private Reply createToken(Request request) {
    String name = request.query("name").orElse("").strip();
    if (name.isEmpty() || name.length() > LONGEST_TOKEN_NAME) {
      return tokens(
          request, 422, "A name of 1 to " + LONGEST_TOKEN_NAME + " characters.", Optional.empty());
    }
    Set<Scope> scopes = new LinkedHashSet<>(request.choices("scope", Scope.class));
    if (scopes.isEmpty()) {
      return tokens(request, 422, "At least one scope.", Optional.empty());
    }
    int days = request.integer("days", 0, 0, 3_650);
    Optional<Instant> expires =
        days == 0
            ? Optional.empty()
            : Optional.of(page.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(days)));
    return tokens(
        request, 201, "", Optional.of(ports.tokens().create(by(request), name, scopes, expires)));
  }

  private Reply revoke(Request request) {
    ports.tokens().revoke(by(request), request.path("id"));
    return ConsolePage.to("/settings/tokens");
  }

  private Reply sessions(Request request) {
    return page.page(
        request, "console/sessions.jte", "Sessions", Map.of("sessions", rows(request)));
  }

  private Reply endSession(Request request) {
    ports.desk().endSession(by(request), request.path("id"));
    return ConsolePage.to("/settings/sessions");
  }

  private Reply audit(Request request) {
    AuditLog.Filter filter = AuditRoutes.filter(request, AUDIT_PAGE);
    List<AuditLog.Kept> found = ports.audit().read(filter);
    return page.page(
        request,
        "console/audit.jte",
        "Audit",
        Map.of("view", new AuditView(found, filter, found.size() == filter.limit(), page.now())));
  }
}
