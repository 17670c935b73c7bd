package io.tocsin.web;

import io.tocsin.access.SignedText;
import io.tocsin.http.oidc.SignOn;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Lets in whom the identity provider signs on and whose groups may read. All that is known of a
 * reader is in their cookie, signed: nothing is asked of the database, on any node. The cookie says
 * until when it is good, of which provider it is, and by which groups: who takes a group out of the
 * configuration, shuts out its readers. It gives no rights in the console.
 */
public final class MembersDoor implements PageDoor {

  private static final String COOKIE = "page_member";

  /** A group named in the configuration is found again by any of these. */
  private static final int MOST_GROUPS = 10;

  private static final int FIXED = 3;

  private final Ports ports;

  /**
   * What it needs.
   *
   * @param issuer the provider
   * @param title what the button calls it
   * @param signature with a key that every node shares and nothing else is signed with
   * @param secure whether the cookie goes over HTTPS only
   */
  public record Ports(
      PageMembers members,
      URI issuer,
      String title,
      SignedText signature,
      boolean secure,
      InstantSource clock) {}

  public MembersDoor(Ports ports) {
    this.ports = ports;
  }

  @Override
  public boolean open() {
    return false;
  }

  @Override
  public boolean admits(HttpServerRequest request) {
    Cookie kept = request.getCookie(COOKIE);
    return kept != null && ports.signature.read(kept.getValue()).filter(this::holds).isPresent();
  }

  private boolean holds(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < FIXED || !lines[0].equals("member")) {
      return false;
    }
    List<String> groups = Arrays.asList(lines).subList(FIXED, lines.length);
    return lines[1].equals(ports.issuer.toString())
        && until(lines[2]).filter(ports.clock.instant()::isBefore).isPresent()
        && ports.members.include(groups);
  }

  private static Optional<Instant> until(String seconds) {
    try {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** What a reader keeps who came from the provider; empty for one who may not read. */
  Optional<Cookie> welcome(SignOn.Arrival arrival) {
    if (!ports.members.include(arrival.groups())) {
      return Optional.empty();
    }
    var lines = new ArrayList<String>();
    lines.add("member");
    lines.add(ports.issuer.toString());
    Instant until = ports.clock.instant().plus(ports.members.session());
    lines.add(Long.toString(until.getEpochSecond()));
    ports.members.groups().stream()
        .filter(arrival.groups()::contains)
        .limit(MOST_GROUPS)
        .forEach(lines::add);
    return Optional.of(
        cookie(ports.signature.sign(String.join("\n", lines)))
            .setMaxAge(ports.members.session().toSeconds()));
  }

  private Cookie cookie(String value) {
    return Cookie.cookie(COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(ports.secure)
        .setSameSite(CookieSameSite.LAX);
  }

  @Override
  public boolean takesTokens() {
    return false;
  }

  @Override
  public Optional<Cookie> admit(String token, boolean secure) {
    return Optional.empty();
  }

  @Override
  public Optional<String> signOn() {
    return Optional.of(ports.title);
  }

  @Override
  public List<Cookie> leave() {
    return List.of(cookie("").setMaxAge(0));
  }
}
