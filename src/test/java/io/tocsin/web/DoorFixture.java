package io.tocsin.web;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Account;
import io.tocsin.access.AccountDesk;
import io.tocsin.access.Argon2id;
import io.tocsin.access.LoginSession;
import io.tocsin.access.MemoryAccountStore;
import io.tocsin.access.MemoryAuditLog;
import io.tocsin.access.MemorySessionStore;
import io.tocsin.access.MemoryTokenStore;
import io.tocsin.access.Role;
import io.tocsin.access.SetupCode;
import io.tocsin.access.TokenDesk;
import io.tocsin.http.AccessSettings;
import io.tocsin.http.AuditRoutes;
import io.tocsin.http.AuditTrail;
import io.tocsin.http.Authentication;
import io.tocsin.http.Blocking;
import io.tocsin.http.ClientAddress;
import io.tocsin.http.ListenAddress;
import io.tocsin.http.Listener;
import io.tocsin.http.PasswordLogin;
import io.tocsin.http.Passwords;
import io.tocsin.http.Routes;
import io.tocsin.http.SessionRoutes;
import io.tocsin.http.Sessions;
import io.tocsin.http.TokenRoutes;
import io.tocsin.http.UserRoutes;
import io.tocsin.http.oidc.SignOn;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The console with its door, over made-up state and stores in memory; time passes by hand. */
final class DoorFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final String PASSWORD = "vier laute Uhus am Teich";

  final MemoryAccountStore accounts = new MemoryAccountStore();
  final MemorySessionStore sessionStore = new MemorySessionStore();
  final MemoryTokenStore tokens = new MemoryTokenStore();
  final MemoryAuditLog audit = new MemoryAuditLog();
  final SetupCode setup = new SetupCode(() -> {});
  final Vertx vertx = Vertx.vertx();
  final FabricatedDesk desk = FabricatedDesk.busy(NOW);
  private final Passwords passwords = new Passwords(new Argon2id(64, 1, 1));
  private final Blocking blocking = new Blocking(64);
  private volatile Instant now = NOW;
  private Optional<AuditTrail> trail = Optional.empty();
  private List<Routes> mounted = List.of();
  private String address = "";

  InstantSource clock() {
    return () -> now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A person with {@link #PASSWORD}. */
  Account person(String name, Role role) {
    Account account = Account.local("u-" + name, name, role, passwords.hash(PASSWORD), NOW);
    accounts.add(account);
    return account;
  }

  DoorFixture open() throws Exception {
    return open(0, false, Optional.empty());
  }

  /** Listens; the provider, if any, sends browsers back to this very address. */
  DoorFixture open(int port, boolean secure, Optional<SignOn> signOn) throws Exception {
    var sessions =
        new Sessions(sessionStore, accounts, LoginSession.Life.USUAL, secure, ClientAddress.DIRECT);
    var authentication =
        new Authentication(AccessPolicy.PEOPLE, tokens, sessions, blocking, clock());
    var random = new SecureRandom();
    var people =
        new AccountDesk(accounts, sessionStore, audit, passwords, random, sessions::refresh);
    var tokenDesk = new TokenDesk(tokens, audit, random, authentication::forget);
    var login = new PasswordLogin(accounts, audit, passwords, sessions);
    var writing = new AuditTrail(audit, ClientAddress.DIRECT, clock());
    trail = Optional.of(writing);
    var settings =
        new AccessSettings(
            AccessPolicy.PEOPLE,
            true,
            Optional.empty(),
            LoginSession.Life.USUAL,
            Optional.empty(),
            ClientAddress.DIRECT);
    int bound = port == 0 ? free() : port;
    var ports =
        new AccessPorts(
            settings,
            authentication,
            sessions,
            Optional.of(login),
            signOn,
            people,
            accounts,
            tokenDesk,
            audit,
            setup,
            URI.create("http://127.0.0.1:" + bound));
    mounted =
        List.of(
            writing,
            new SessionRoutes(authentication, sessions, Optional.of(login), blocking, clock()),
            new TokenRoutes(tokenDesk, sessions, blocking, clock()),
            new UserRoutes(people, sessions, blocking, clock()),
            new AuditRoutes(audit, blocking),
            new ConsoleRoutes(desk.ports(), new Assets(), blocking, clock())
                .access(ports)
                .house(FabricatedHouse.ports())
                .house(FabricatedHouse.ports())
                .operations(FabricatedOperations.of(desk)));
    Listener listener =
        Listener.guarded(
                vertx, new ListenAddress("127.0.0.1", bound), List.of(), authentication, mounted)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    address = "http://" + listener.address();
    return this;
  }

  static int free() throws java.io.IOException {
    try (var socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String address() {
    return address;
  }

  List<Routes> routes() {
    return mounted;
  }

  /** A browser with cookies of its own. */
  Visitor visitor() {
    return new Visitor(address);
  }

  /** A browser in which this person is logged in. */
  Visitor loggedIn(String name) throws Exception {
    Visitor visitor = visitor();
    visitor.get("/login");
    var answer = visitor.submit("/login", "name", name, "password", PASSWORD, "next", "/");
    if (answer.statusCode() != 303) {
      throw new IllegalStateException("log-in answered " + answer.statusCode());
    }
    return visitor;
  }

  @Override
  public void close() throws Exception {
    if (trail.isPresent()) {
      trail.get().close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    blocking.close();
    passwords.close();
  }
}
