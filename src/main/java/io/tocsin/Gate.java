package io.tocsin;

import io.tocsin.access.AccountDesk;
import io.tocsin.access.Argon2id;
import io.tocsin.access.SetupCode;
import io.tocsin.access.TokenDesk;
import io.tocsin.http.AccessSettings;
import io.tocsin.http.AuditRoutes;
import io.tocsin.http.AuditTrail;
import io.tocsin.http.Authentication;
import io.tocsin.http.Blocking;
import io.tocsin.http.PasswordLogin;
import io.tocsin.http.Passwords;
import io.tocsin.http.Routes;
import io.tocsin.http.SessionRoutes;
import io.tocsin.http.Sessions;
import io.tocsin.http.TokenRoutes;
import io.tocsin.http.UserRoutes;
import io.tocsin.http.oidc.SignOn;
import io.tocsin.web.AccessPorts;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Who is let in on the operations listener, and how that is given and taken. */
final class Gate implements AutoCloseable {

  private final Stores stores;
  private final AccessSettings settings;
  private final URI console;
  private final Blocking blocking;
  private final InstantSource clock;
  private final Passwords passwords = new Passwords(Argon2id.USUAL);
  private final Sessions sessions;
  private final Authentication authentication;
  private final AccountDesk desk;
  private final TokenDesk tokens;
  private final AuditTrail trail;
  private final Optional<PasswordLogin> passwordLogin;
  private final Optional<SignOn> signOn;
  private final SetupCode setup;

  Gate(
      Configuration configuration,
      Stores stores,
      Optional<SignOn> signOn,
      Path data,
      Blocking blocking,
      InstantSource clock) {
    this.setup = new SetupCode(() -> SetupLink.remove(data));
    this.stores = stores;
    this.settings = configuration.auth();
    this.console = configuration.console();
    this.blocking = blocking;
    this.clock = clock;
    this.signOn = signOn;
    this.sessions =
        new Sessions(
            stores.sessions(),
            stores.accounts(),
            settings.life(),
            configuration.secureCookies(),
            settings.addresses());
    this.authentication =
        new Authentication(settings.policy(), stores.tokens(), sessions, blocking, clock);
    var random = new SecureRandom();
    this.desk =
        new AccountDesk(
            stores.accounts(),
            stores.sessions(),
            stores.audit(),
            passwords,
            random,
            sessions::refresh);
    this.tokens = new TokenDesk(stores.tokens(), stores.audit(), random, authentication::forget);
    this.trail = new AuditTrail(stores.audit(), settings.addresses(), clock);
    this.passwordLogin =
        settings.passwords()
            ? Optional.of(new PasswordLogin(stores.accounts(), stores.audit(), passwords, sessions))
            : Optional.empty();
  }

  Authentication authentication() {
    return authentication;
  }

  AuditTrail trail() {
    return trail;
  }

  /** What is mounted of it, before everything else. */
  List<Routes> routes() {
    return List.of(
        trail,
        new SessionRoutes(authentication, sessions, passwordLogin, blocking, clock),
        new TokenRoutes(tokens, sessions, blocking, clock),
        new UserRoutes(desk, sessions, blocking, clock),
        new AuditRoutes(stores.audit(), blocking));
  }

  AccessPorts pages() {
    return new AccessPorts(
        settings,
        authentication,
        sessions,
        passwordLogin,
        signOn,
        desk,
        stores.accounts(),
        tokens,
        stores.audit(),
        setup,
        console);
  }

  /** Whether people log in with passwords and nobody can yet. */
  boolean needsFirst() {
    return settings.passwords() && desk.empty();
  }

  SetupCode setup() {
    return setup;
  }

  /** Forgets sessions that are over. */
  void forget() {
    sessions.forget(clock.instant());
  }

  @Override
  public void close() throws Exception {
    trail.close();
    passwords.close();
  }
}
