package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;

import io.tocsin.access.OutboundGuard;
import io.tocsin.access.Role;
import io.tocsin.access.SignedText;
import io.tocsin.http.Blocking;
import io.tocsin.http.ClientAddress;
import io.tocsin.http.ListenAddress;
import io.tocsin.http.Listener;
import io.tocsin.http.oidc.GuardedHttp;
import io.tocsin.http.oidc.OidcSettings;
import io.tocsin.http.oidc.OidcSignOn;
import io.tocsin.statuspage.Fabricated;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A private status page whose readers come from an identity provider; time passes by hand. */
final class MembersFixture implements AutoCloseable {

  static final String START = "/door/oidc";
  static final String CALLBACK = START + "/callback";
  static final String COOKIE = "page_member";
  static final Duration SESSION = Duration.ofHours(12);

  final StandInProvider provider;
  private final Vertx vertx = Vertx.vertx();
  private final Blocking blocking = new Blocking(8);
  private final StatusSite site;
  private final PageServers servers = new PageServers();
  private volatile Instant now = NOW;
  private String address = "";

  MembersFixture() throws Exception {
    provider = new StandInProvider();
    site =
        servers.site(
            Fabricated.spec(),
            at -> Fabricated.input(NOW),
            () -> now,
            new StatusSite.Reach(true, Optional.empty()));
  }

  /** Listens on a page for these groups, as seen at a scheme. */
  MembersFixture open(List<String> groups, Optional<TokenDoor> tokens, String scheme)
      throws Exception {
    int port = DoorFixture.free();
    URI home = URI.create(scheme + "://127.0.0.1:" + port + "/");
    var members = door(groups, home);
    PageDoor door = tokens.isPresent() ? new EitherDoor(tokens.get(), members) : members;
    var pages =
        new MemberPages(
            new MemberPages.Ports(
                site, signOn(), door, members, home, ClientAddress.DIRECT, blocking, () -> now));
    var page = new PublicRoutes(site, new Assets(), door);
    Listener listener =
        Listener.open(vertx, new ListenAddress("127.0.0.1", port), page, List.of(pages, page), 2)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    address = "http://" + listener.address();
    return this;
  }

  private MembersDoor door(List<String> groups, URI home) {
    return new MembersDoor(
        new MembersDoor.Ports(
            new PageMembers(groups, SESSION),
            URI.create(provider.issuer()),
            "Acme ID",
            signature(),
            home.getScheme().equals("https"),
            () -> now));
  }

  static SignedText signature() {
    return new SignedText("of readers".getBytes(StandardCharsets.UTF_8));
  }

  private OidcSignOn signOn() {
    var settings =
        new OidcSettings(
            URI.create(provider.issuer()),
            StandInProvider.CLIENT,
            StandInProvider.SECRET,
            List.of("openid"),
            "preferred_username",
            "groups",
            Map.of("boss", Role.ADMIN),
            Optional.empty(),
            Duration.ofSeconds(60),
            "Acme ID");
    return new OidcSignOn(
        settings,
        new GuardedHttp(vertx, OutboundGuard.allowing(List.of("127.0.0.0/8"))),
        new SignedText("under way".getBytes(StandardCharsets.UTF_8)),
        new SecureRandom());
  }

  String address() {
    return address;
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Visitor visitor() {
    return new Visitor(address);
  }

  /** Off to the provider; what it was told. */
  Map<String, String> depart(Visitor visitor, String back) throws Exception {
    HttpResponse<String> answer = visitor.get(START + "?back=" + back);
    if (answer.statusCode() != 303) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return Arrays.stream(URI.create(Visitor.location(answer)).getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  /** The whole way of somebody in these groups. */
  HttpResponse<String> signOn(Visitor visitor, String back, List<String> groups) throws Exception {
    Map<String, String> told = depart(visitor, back);
    provider.take(
        "c0de",
        provider.signed(provider.claims(told.get("nonce"), now).claim("groups", groups).build()));
    return visitor.get(CALLBACK + "?code=c0de&state=" + told.get("state"));
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    blocking.close();
    servers.close();
    provider.close();
  }
}
