package io.tocsin.http.oidc;

import io.tocsin.access.Role;
import io.tocsin.settings.Section;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The identity provider and what its word is worth.
 *
 * @param issuer exactly as it calls itself
 * @param clientId what we are called there
 * @param clientSecret by which we prove it
 * @param scopes asked for; {@code openid} always is
 * @param nameClaim the claim by which people are named here
 * @param groupsClaim the claim that lists a person's groups
 * @param roles which group has which role
 * @param otherwise the role of those in none of them; empty keeps them out
 * @param skew by how much the clocks may differ
 * @param title what the button calls it
 */
public record OidcSettings(
    URI issuer,
    String clientId,
    String clientSecret,
    List<String> scopes,
    String nameClaim,
    String groupsClaim,
    Map<String, Role> roles,
    Optional<Role> otherwise,
    Duration skew,
    String title) {

  /** Where plain HTTP is no danger. */
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final Duration USUAL_SKEW = Duration.ofSeconds(60);
  private static final Duration MOST_SKEW = Duration.ofMinutes(5);

  public OidcSettings {
    scopes = List.copyOf(scopes);
    roles = Map.copyOf(roles);
  }

  /** Reads the section {@code auth.oidc}. */
  public static OidcSettings read(Section section) {
    var scopes = new ArrayList<>(section.strings("scopes"));
    if (scopes.isEmpty()) {
      scopes.addAll(List.of("openid", "profile", "email"));
    }
    if (!scopes.contains("openid")) {
      scopes.addFirst("openid");
    }
    Map<String, Role> roles = roles(section);
    Optional<Role> otherwise = section.optionalChoice("default_role", Role.class);
    if (roles.isEmpty() && otherwise.isEmpty()) {
      throw section.problem(
          "roles", "no group with a role", "roles: {some-group: responder} or a default_role");
    }
    Duration skew = section.duration("clock_skew", USUAL_SKEW);
    if (skew.compareTo(MOST_SKEW) > 0) {
      throw section.problem("clock_skew", "at most 5m");
    }
    var settings =
        new OidcSettings(
            issuer(section),
            section.string("client_id"),
            section.string("client_secret"),
            scopes,
            section.string("name_claim", "preferred_username"),
            section.string("groups_claim", "groups"),
            roles,
            otherwise,
            skew,
            section.string("title", "Single sign-on"));
    section.done();
    return settings;
  }

  private static URI issuer(Section section) {
    String text = section.string("issuer");
    try {
      URI issuer = URI.create(text);
      boolean safe =
          "https".equals(issuer.getScheme())
              || ("http".equals(issuer.getScheme()) && LOOPBACK.contains(issuer.getHost()));
      if (safe
          && issuer.getHost() != null
          && issuer.getRawQuery() == null
          && issuer.getRawFragment() == null
          && issuer.getRawUserInfo() == null) {
        return issuer;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw section.problem("issuer", "an address such as https://id.example.com/realms/main");
  }

  private static Map<String, Role> roles(Section section) {
    var roles = new LinkedHashMap<String, Role>();
    section
        .section("roles")
        .ifPresent(
            it -> {
              for (String group : it.names()) {
                roles.put(group, it.choice(group, Role.class, Role.VIEWER));
              }
              it.done();
            });
    return roles;
  }

  /** The highest role that any of the groups gives. */
  public Optional<Role> role(Collection<String> groups) {
    return groups.stream()
        .filter(roles::containsKey)
        .map(group -> Objects.requireNonNull(roles.get(group)))
        .max(Comparator.naturalOrder())
        .or(() -> otherwise);
  }

  @Override
  public String toString() {
    return "OidcSettings[issuer=" + issuer + ", clientId=" + clientId + ", clientSecret=***]";
  }
}
