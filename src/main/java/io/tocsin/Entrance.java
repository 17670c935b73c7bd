package io.tocsin;

import io.tocsin.access.SignedText;
import io.tocsin.http.Blocking;
import io.tocsin.http.Routes;
import io.tocsin.http.oidc.GuardedHttp;
import io.tocsin.http.oidc.OidcSettings;
import io.tocsin.http.oidc.OidcSignOn;
import io.tocsin.http.oidc.SignOn;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.PostgresKeys;
import io.tocsin.web.EitherDoor;
import io.tocsin.web.MemberPages;
import io.tocsin.web.MembersDoor;
import io.tocsin.web.PageDoor;
import io.tocsin.web.StatusSite;
import io.tocsin.web.TokenDoor;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/**
 * Who is let in on the public listener. Its keys are read from the database once, at start: after
 * that nobody is asked but the identity provider.
 */
final class Entrance implements AutoCloseable {

  /** Of strangers who sign on at the same time; the page itself needs no thread. */
  private static final int CALLS = 16;

  private final PageDoor door;
  private final List<Routes> routes;
  private final Blocking blocking;

  private Entrance(PageDoor door, List<Routes> routes, Blocking blocking) {
    this.door = door;
    this.routes = routes;
    this.blocking = blocking;
  }

  /** What is needed to judge who comes. */
  record Ports(
      Configuration configuration, Database database, StatusSite site, InstantSource clock) {}

  /** The door that the configuration describes. */
  static Entrance of(Ports ports, Vertx vertx) {
    PageDoorSettings settings = ports.configuration().page().door();
    var blocking = new Blocking(CALLS);
    if (settings.members().isEmpty()) {
      PageDoor door = settings.open() ? PageDoor.OPEN : new TokenDoor(settings.tokens());
      return new Entrance(door, List.of(), blocking);
    }
    PageDoorSettings.Members members = settings.members().get();
    OidcSettings provider = ports.configuration().auth().oidc().orElseThrow();
    MembersDoor readers = readers(members, provider, ports);
    PageDoor door =
        settings.tokens().isEmpty()
            ? readers
            : new EitherDoor(new TokenDoor(settings.tokens()), readers);
    var pages =
        new MemberPages(
            new MemberPages.Ports(
                ports.site(),
                signOn(provider, ports, vertx, "page sign-on"),
                door,
                readers,
                members.home(),
                ports.configuration().auth().addresses(),
                blocking,
                ports.clock()));
    return new Entrance(door, List.of(pages), blocking);
  }

  private static MembersDoor readers(
      PageDoorSettings.Members members, OidcSettings provider, Ports ports) {
    return new MembersDoor(
        new MembersDoor.Ports(
            members.who(),
            provider.issuer(),
            provider.title(),
            new SignedText(key(ports, "page members")),
            "https".equals(members.home().getScheme()),
            ports.clock()));
  }

  /**
   * The way to the identity provider.
   *
   * @param purpose whose key signs what browsers keep under way: what was begun at one door ends at
   *     no other
   */
  static SignOn signOn(OidcSettings settings, Ports ports, Vertx vertx, String purpose) {
    return new OidcSignOn(
        settings,
        new GuardedHttp(vertx, ports.configuration().outbound()),
        new SignedText(key(ports, purpose)),
        new SecureRandom());
  }

  private static byte[] key(Ports ports, String purpose) {
    return new PostgresKeys(ports.database()).of(purpose);
  }

  PageDoor door() {
    return door;
  }

  /** What is mounted before everything else. */
  List<Routes> routes() {
    return routes;
  }

  @Override
  public void close() {
    blocking.close();
  }
}
