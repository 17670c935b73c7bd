package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tocsin.access.AccessPolicy;
import io.tocsin.access.AccountDesk;
import io.tocsin.access.ApiToken;
import io.tocsin.access.Argon2id;
import io.tocsin.access.LoginSession;
import io.tocsin.access.MemoryAccountStore;
import io.tocsin.access.MemoryAuditLog;
import io.tocsin.access.MemorySessionStore;
import io.tocsin.access.MemoryTokenStore;
import io.tocsin.access.Scope;
import io.tocsin.access.TokenDesk;
import io.tocsin.access.TokenText;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.threadchecker.BlockedThreadChecker;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * An operations listener on a free loopback port with tokens in memory. Closing it fails when an
 * event loop was ever blocked.
 */
final class OpsFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  final MemoryTokenStore tokens = new MemoryTokenStore();
  final Blocking blocking = new Blocking(64);
  final Authentication authentication;
  final MemoryAccountStore accounts = new MemoryAccountStore();
  final MemorySessionStore sessionStore = new MemorySessionStore();
  final MemoryAuditLog audit = new MemoryAuditLog();
  final Passwords passwords = new Passwords(new Argon2id(64, 1, 1));
  final Sessions sessions =
      new Sessions(sessionStore, accounts, LoginSession.Life.USUAL, false, ClientAddress.DIRECT);
  final PasswordLogin passwordLogin = new PasswordLogin(accounts, audit, passwords, sessions);
  private final ListAppender<ILoggingEvent> blocked = new ListAppender<>();
  private final Vertx vertx;
  private final HttpClient client = HttpClient.newHttpClient();
  private Listener listener;
  private volatile Instant now = NOW;

  OpsFixture(AccessPolicy policy) {
    authentication = new Authentication(policy, tokens, sessions, blocking, () -> now);
    blocked.start();
    checkerLog().addAppender(blocked);
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setBlockedThreadCheckInterval(100)
                .setMaxEventLoopExecuteTime(3)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS));
  }

  /** Listens with these resources. */
  OpsFixture start(Routes... routes) throws Exception {
    listener =
        Listener.guarded(
                vertx,
                new ListenAddress("127.0.0.1", 0),
                List.of("tocsin.example.com"),
                authentication,
                List.of(routes))
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    return this;
  }

  /** Time passes. */
  void pass(Duration time) {
    now = now.plus(time);
  }

  InstantSource clock() {
    return () -> now;
  }

  AccountDesk desk() {
    return new AccountDesk(
        accounts, sessionStore, audit, passwords, new SecureRandom(), sessions::refresh);
  }

  TokenDesk tokenDesk() {
    return new TokenDesk(tokens, audit, new SecureRandom(), authentication::forget);
  }

  SessionRoutes sessionRoutes() {
    return new SessionRoutes(
        authentication, sessions, Optional.of(passwordLogin), blocking, clock());
  }

  Vertx vertx() {
    return vertx;
  }

  int port() {
    return listener.address().port();
  }

  /** A new token with these scopes. */
  String token(Scope... scopes) {
    TokenText text = TokenText.mint(new SecureRandom());
    tokens.add(ApiToken.of(text, "tester", Set.of(scopes), NOW, Optional.empty()));
    return text.reveal();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(10))
        .version(HttpClient.Version.HTTP_1_1);
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String mediaType, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", mediaType)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> post(String path, String mediaType, byte[] body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", mediaType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** What the server answers to these very bytes; the request must ask to close. */
  String raw(String request) throws IOException {
    return raw(port(), request);
  }

  /** What a server on a loopback port answers to these very bytes. */
  static String raw(int port, String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws Exception {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    blocking.close();
    passwords.close();
    checkerLog().detachAppender(blocked);
    assertThat(blocked.list).as("an event loop was blocked").isEmpty();
  }

  private static Logger checkerLog() {
    return (Logger) LoggerFactory.getLogger(BlockedThreadChecker.class);
  }
}
