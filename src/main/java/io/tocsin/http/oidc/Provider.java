package io.tocsin.http.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider says of itself.
 *
 * @param basic whether we prove who we are in the header rather than the form
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
 *     Discovery 1.0</a>
 */
record Provider(
    URI authorization,
    URI token,
    URI keys,
    Optional<URI> userInfo,
    Optional<URI> endSession,
    boolean basic) {

  private static final ObjectMapper READER = new ObjectMapper();
  private static final String PATH = "/.well-known/openid-configuration";

  /** Asks it. */
  static Provider discover(URI issuer, GuardedHttp http) {
    String base = issuer.toString();
    String at = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + PATH;
    GuardedHttp.Answer answer = http.get(URI.create(at), Map.of());
    if (answer.status() != 200) {
      throw new SignOn.Refused("the identity provider describes itself with " + answer.status());
    }
    JsonNode said = json(answer.body());
    if (!base.equals(said.path("issuer").asText())) {
      throw new SignOn.Refused(
          "the identity provider calls itself by another name than configured");
    }
    return new Provider(
        endpoint(said, "authorization_endpoint", issuer)
            .orElseThrow(() -> missing("authorization")),
        endpoint(said, "token_endpoint", issuer).orElseThrow(() -> missing("token")),
        endpoint(said, "jwks_uri", issuer).orElseThrow(() -> missing("keys")),
        endpoint(said, "userinfo_endpoint", issuer),
        endpoint(said, "end_session_endpoint", issuer),
        basic(said));
  }

  private static boolean basic(JsonNode said) {
    List<String> ways = new ArrayList<>();
    said.path("token_endpoint_auth_methods_supported").forEach(it -> ways.add(it.asText()));
    return ways.isEmpty() || ways.contains("client_secret_basic");
  }

  private static SignOn.Refused missing(String what) {
    return new SignOn.Refused("the identity provider does not say where its " + what + " is");
  }

  /** No endpoint is less safe than the issuer is. */
  private static Optional<URI> endpoint(JsonNode said, String field, URI issuer) {
    if (!said.hasNonNull(field)) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(said.path(field).asText());
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || issuer.getScheme().equals(uri.getScheme()))) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new SignOn.Refused("the identity provider's " + field + " is no safe address");
  }

  static JsonNode json(String text) {
    try {
      return READER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SignOn.Refused("the identity provider answers in another language than JSON", e);
    }
  }
}
