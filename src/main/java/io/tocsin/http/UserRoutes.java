package io.tocsin.http;

import io.tocsin.access.Account;
import io.tocsin.access.AccountDesk;
import io.tocsin.access.AccountStore;
import io.tocsin.access.LoginSession;
import io.tocsin.access.Role;
import io.tocsin.access.Scope;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** People who may log in, what they may do, and the browsers in which they are. */
public final class UserRoutes implements Routes {

  private static final String USERS = "/api/v1/users";
  private static final String SESSIONS = "/api/v1/sessions";
  private static final long MAX_BODY = 4 * 1024;
  private static final String JSON = "application/json";

  private final AccountDesk desk;
  private final Sessions sessions;
  private final Blocking blocking;
  private final InstantSource clock;

  public UserRoutes(AccountDesk desk, Sessions sessions, Blocking blocking, InstantSource clock) {
    this.desk = desk;
    this.sessions = sessions;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Wanted(String name, String role, String password) {}

  private record Edit(Optional<String> role, Optional<Boolean> disabled) {}

  private record NewPassword(String password) {}

  private record OwnPassword(String current, String password) {}

  private record UserJson(
      String id,
      String name,
      String role,
      boolean disabled,
      boolean local,
      Instant createdAt,
      Optional<Instant> lastLoginAt) {
    static UserJson of(Account account) {
      return new UserJson(
          account.id(),
          account.name(),
          account.role().word(),
          account.disabled(),
          account.password().isPresent(),
          account.created(),
          account.lastLogin());
    }
  }

  private record SessionJson(
      String id,
      String holder,
      Instant openedAt,
      Instant lastSeenAt,
      Instant endsAt,
      String address,
      String agent,
      boolean current) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, USERS).needs(Scope.ADMIN).answersOn(blocking, request -> list());
    Operation.post(router, USERS)
        .needs(Scope.ADMIN)
        .reads(MAX_BODY, JSON)
        .answersOn(blocking, this::create);
    Operation.on(router, HttpMethod.PATCH, USERS + "/:id")
        .needs(Scope.ADMIN)
        .reads(MAX_BODY, JSON)
        .answersOn(blocking, this::edit);
    Operation.on(router, HttpMethod.PUT, USERS + "/:id/password")
        .needs(Scope.ADMIN)
        .reads(MAX_BODY, JSON)
        .answersOn(blocking, this::reset);
    Operation.on(router, HttpMethod.PUT, "/api/v1/session/password")
        .needs(Scope.READ)
        .reads(MAX_BODY, JSON)
        .answersOn(blocking, this::own);
    Operation.get(router, SESSIONS).needs(Scope.ADMIN).answersOn(blocking, this::sessions);
    Operation.on(router, HttpMethod.DELETE, SESSIONS + "/:id")
        .needs(Scope.ADMIN)
        .answersOn(blocking, this::endSession);
  }

  private Reply list() {
    return Reply.json(Map.of("users", desk.accounts().stream().map(UserJson::of).toList()));
  }

  private Reply create(Request request) {
    Wanted wanted = request.json(Wanted.class);
    Role role = Request.choice("role", wanted.role, Role.class);
    Account made = said(() -> desk.create(by(request), wanted.name, role, wanted.password));
    return Reply.created(USERS + "/" + made.id(), UserJson.of(made));
  }

  private Reply edit(Request request) {
    Edit edit = request.json(Edit.class);
    Optional<Role> role = edit.role.map(it -> Request.choice("role", it, Role.class));
    return known(
        request, said(() -> desk.edit(by(request), request.path("id"), role, edit.disabled)));
  }

  private Reply reset(Request request) {
    NewPassword wanted = request.json(NewPassword.class);
    known(
        request, said(() -> desk.resetPassword(by(request), request.path("id"), wanted.password)));
    return Reply.empty(204);
  }

  private Reply own(Request request) {
    OwnPassword wanted = request.json(OwnPassword.class);
    String id =
        request
            .principal()
            .accountId()
            .orElseThrow(
                () -> ProblemException.conflict("only a person who is logged in has a password"));
    said(() -> desk.changePassword(by(request), id, wanted.current, wanted.password));
    sessions.open(request.context(), new LoginSession.OfAccount(id), clock.instant());
    return Reply.empty(204);
  }

  private Reply sessions(Request request) {
    Optional<String> own = request.principal().session().map(LoginSession::handle);
    List<SessionJson> all =
        desk.sessions(sessions.life(), clock.instant()).stream()
            .map(
                it ->
                    new SessionJson(
                        it.handle(),
                        desk.holder(it),
                        it.opened(),
                        it.lastSeen(),
                        it.ends(sessions.life()),
                        it.address(),
                        it.agent(),
                        own.filter(it.handle()::equals).isPresent()))
            .toList();
    return Reply.json(Map.of("sessions", all));
  }

  private Reply endSession(Request request) {
    if (!desk.endSession(by(request), request.path("id"))) {
      throw ProblemException.notFound("there is no session " + request.path("id"));
    }
    return Reply.empty(204);
  }

  private static Reply known(Request request, Optional<Account> account) {
    return Reply.json(
        UserJson.of(
            account.orElseThrow(
                () -> ProblemException.notFound("there is no user " + request.path("id")))));
  }

  private AccountDesk.By by(Request request) {
    AuditTrail.told(request.context());
    return new AccountDesk.By(
        request.principal().name(), sessions.addresses().of(request.context()), clock.instant());
  }

  private static <T> T said(Supplier<T> deed) {
    try {
      return deed.get();
    } catch (AccountDesk.Wrong wrong) {
      throw ProblemException.of(422, wrong.field() + ": " + wrong.words());
    } catch (AccountStore.Refused refused) {
      throw ProblemException.conflict(String.valueOf(refused.getMessage()));
    }
  }
}
