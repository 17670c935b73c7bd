package io.tocsin.http.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.tocsin.access.SignedText;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * OpenID Connect's authorization code flow with PKCE, state and nonce.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth">OpenID Connect
 *     Core 1.0 §3.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9700">RFC 9700, OAuth 2.0 security</a>
 */
public final class OidcSignOn implements SignOn {

  private static final Duration FRESH = Duration.ofHours(1);
  private static final int LONGEST_REASON = 200;

  private record Found(Provider provider, IdTokens tokens, Instant at) {}

  private final OidcSettings settings;
  private final GuardedHttp http;
  private final SignedText signature;
  private final RandomGenerator random;
  private volatile Optional<Found> found = Optional.empty();

  /**
   * @param signature for what browsers keep; the same on every node
   * @param random cryptographically strong
   */
  public OidcSignOn(
      OidcSettings settings, GuardedHttp http, SignedText signature, RandomGenerator random) {
    this.settings = settings;
    this.http = http;
    this.signature = signature;
    this.random = random;
  }

  @Override
  public String title() {
    return settings.title();
  }

  @Override
  public Departure depart(URI callback, String back, Instant now) {
    Provider provider = found(now).provider;
    Passage passage = Passage.begin(random, back, now);
    var query = new LinkedHashMap<String, String>();
    query.put("response_type", "code");
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", callback.toString());
    query.put("scope", String.join(" ", settings.scopes()));
    query.put("state", passage.state());
    query.put("nonce", passage.nonce());
    query.put("code_challenge", passage.challenge());
    query.put("code_challenge_method", "S256");
    return new Departure(with(provider.authorization(), query), passage.signed(signature));
  }

  @Override
  public Arrival arrive(URI callback, Map<String, String> query, String kept, Instant now) {
    Passage passage =
        Passage.read(kept, signature, now)
            .orElseThrow(() -> new Refused("this log-in was not started here, or took too long"));
    if (!same(passage.state(), query.getOrDefault("state", ""))) {
      throw new Refused("its answer belongs to another log-in");
    }
    String issuer = query.getOrDefault("iss", settings.issuer().toString());
    if (!issuer.equals(settings.issuer().toString())) {
      throw new Refused("the answer comes from another provider");
    }
    if (query.containsKey("error")) {
      throw new Refused("it says " + shown(query.getOrDefault("error", "")));
    }
    String code = query.getOrDefault("code", "");
    if (code.isEmpty()) {
      throw new Refused("its answer has no code");
    }
    Found known = found(now);
    JsonNode tokens = exchange(known.provider, callback, code, passage.verifier());
    JWTClaimsSet claims =
        known.tokens.verified(tokens.path("id_token").asText(""), passage.nonce(), now);
    return arrival(known.provider, claims, tokens.path("access_token").asText(""), passage.back());
  }

  private JsonNode exchange(Provider provider, URI callback, String code, String verifier) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", callback.toString());
    form.put("code_verifier", verifier);
    var headers = new LinkedHashMap<String, String>();
    if (provider.basic()) {
      String pair = encoded(settings.clientId()) + ":" + encoded(settings.clientSecret());
      headers.put(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    } else {
      form.put("client_id", settings.clientId());
      form.put("client_secret", settings.clientSecret());
    }
    GuardedHttp.Answer answer = http.post(provider.token(), headers, encoded(form));
    JsonNode said = Provider.json(answer.body());
    if (answer.status() != 200) {
      throw new Refused(
          "it did not take the code: "
              + shown(said.path("error").asText("status " + answer.status())));
    }
    return said;
  }

  private Arrival arrival(Provider provider, JWTClaimsSet claims, String access, String back) {
    Map<String, Object> known = claims.getClaims();
    Optional<List<String>> groups = groups(known);
    Map<String, Object> more = Map.of();
    if (groups.isEmpty() && provider.userInfo().isPresent() && !access.isEmpty()) {
      more = userInfo(provider.userInfo().get(), access, claims.getSubject());
      groups = groups(more);
    }
    List<String> in = groups.orElse(List.of());
    String name =
        text(known, settings.nameClaim())
            .or(() -> text(known, "email"))
            .or(() -> text(known, "name"))
            .orElse(claims.getSubject());
    if (text(known, settings.nameClaim()).isEmpty()) {
      name = text(more, settings.nameClaim()).orElse(name);
    }
    return new Arrival(
        settings.issuer() + " " + claims.getSubject(), name, in, settings.role(in), back);
  }

  private Map<String, Object> userInfo(URI at, String access, String subject) {
    GuardedHttp.Answer answer = http.get(at, Map.of("Authorization", "Bearer " + access));
    if (answer.status() != 200) {
      return Map.of();
    }
    try {
      Map<String, Object> said = com.nimbusds.jose.util.JSONObjectUtils.parse(answer.body());
      return subject.equals(said.get("sub")) ? said : Map.of();
    } catch (java.text.ParseException e) {
      throw new Refused("it does not say who you are", e);
    }
  }

  private static Optional<String> text(Map<String, Object> claims, String name) {
    return claims.get(name) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The groups at the claim's path; dots lead into objects, as in {@code realm_access.roles}. */
  private Optional<List<String>> groups(Map<String, Object> claims) {
    @Nullable Object at = claims.get(settings.groupsClaim());
    if (at == null) {
      at = claims;
      for (String step : settings.groupsClaim().split("\\.")) {
        at = at instanceof Map<?, ?> map ? map.get(step) : null;
      }
    }
    return switch (at) {
      case String one -> Optional.of(List.of(one.split("[ ,]+")));
      case Collection<?> many -> {
        var groups = new ArrayList<String>();
        many.forEach(it -> groups.add(String.valueOf(it)));
        yield Optional.of(List.copyOf(groups));
      }
      case null, default -> Optional.empty();
    };
  }

  @Override
  public Optional<URI> endSession(URI back) {
    var query = new LinkedHashMap<String, String>();
    query.put("client_id", settings.clientId());
    query.put("post_logout_redirect_uri", back.toString());
    return found.flatMap(it -> it.provider.endSession()).map(uri -> with(uri, query));
  }

  private Found found(Instant now) {
    Optional<Found> known = found;
    if (known.isPresent() && now.isBefore(known.get().at.plus(FRESH))) {
      return known.get();
    }
    try {
      Provider provider = Provider.discover(settings.issuer(), http);
      var fresh = new Found(provider, new IdTokens(settings, provider.keys(), http), now);
      found = Optional.of(fresh);
      return fresh;
    } catch (Refused away) {
      return known.orElseThrow(() -> away);
    }
  }

  private static URI with(URI uri, Map<String, String> query) {
    String separator = uri.getRawQuery() == null ? "?" : "&";
    return URI.create(uri + separator + encoded(query));
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** A word of the provider's, safe to show. */
  private static String shown(String word) {
    String plain = word.replaceAll("[^A-Za-z0-9_. -]", "");
    return plain.length() <= LONGEST_REASON ? plain : plain.substring(0, LONGEST_REASON);
  }
}
