package io.tocsin.http;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.LoginSession;
import io.tocsin.access.Network;
import io.tocsin.http.oidc.OidcSettings;
import io.tocsin.settings.Section;
import java.util.List;
import java.util.Optional;

/**
 * Who is let in on the operations listener: {@code auth: open}, {@code tokens} or {@code people},
 * or a mapping that says more.
 *
 * @param policy in short
 * @param passwords whether people have passwords here
 * @param oidc the identity provider, if there is one
 * @param life how long sessions last
 * @param secure whether cookies go over HTTPS only; empty means as the addresses tell
 * @param addresses which proxies are believed
 */
public record AccessSettings(
    AccessPolicy policy,
    boolean passwords,
    Optional<OidcSettings> oidc,
    LoginSession.Life life,
    Optional<Boolean> secure,
    ClientAddress addresses) {

  /** Reads the key {@code auth}. */
  public static AccessSettings read(Section top) {
    if (!top.isSection("auth")) {
      AccessPolicy policy = top.choice("auth", AccessPolicy.class, AccessPolicy.TOKENS);
      return new AccessSettings(
          policy,
          policy.people(),
          Optional.empty(),
          LoginSession.Life.USUAL,
          Optional.empty(),
          ClientAddress.DIRECT);
    }
    Section auth = top.section("auth").orElseGet(Section::empty);
    boolean users = auth.flag("users", false);
    boolean tokens = auth.flag("tokens", true);
    Optional<OidcSettings> oidc = auth.section("oidc").map(OidcSettings::read);
    if (!users && !tokens && oidc.isEmpty()) {
      throw auth.problem("users", "no way in", "users: true, an oidc section or tokens: true");
    }
    var settings =
        new AccessSettings(
            policy(users || oidc.isPresent(), tokens),
            users,
            oidc,
            life(auth),
            auth.has("secure_cookies")
                ? Optional.of(auth.flag("secure_cookies", true))
                : Optional.empty(),
            new ClientAddress(proxies(auth)));
    auth.done();
    return settings;
  }

  private static AccessPolicy policy(boolean people, boolean tokens) {
    if (!people) {
      return AccessPolicy.TOKENS;
    }
    return tokens ? AccessPolicy.PEOPLE : AccessPolicy.PEOPLE_ONLY;
  }

  private static LoginSession.Life life(Section auth) {
    Section session = auth.section("session").orElseGet(Section::empty);
    var life =
        new LoginSession.Life(
            session.duration("idle", LoginSession.Life.USUAL.idle()),
            session.duration("absolute", LoginSession.Life.USUAL.absolute()));
    if (life.idle().isZero() || life.idle().compareTo(life.absolute()) > 0) {
      throw session.problem("idle", "more than nothing, and not more than absolute");
    }
    session.done();
    return life;
  }

  private static List<Network> proxies(Section auth) {
    try {
      return auth.strings("proxies").stream().map(text -> Network.parse(text, "proxy")).toList();
    } catch (IllegalArgumentException wrong) {
      throw auth.problem("proxies", String.valueOf(wrong.getMessage()), "networks");
    }
  }
}
