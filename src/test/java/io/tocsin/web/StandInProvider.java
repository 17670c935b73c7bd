package io.tocsin.web;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;

/** An identity provider over real HTTP that says what a test tells it to. */
public final class StandInProvider implements AutoCloseable {

  public static final String CLIENT = "tocsin";
  public static final String SECRET = "client secret & more";

  final WireMockServer server =
      new WireMockServer(
          WireMockConfiguration.options()
              .dynamicPort()
              .bindAddress("127.0.0.1")
              .extensions(new Consent()));
  RSAKey key;
  private volatile UnaryOperator<String> consent = nonce -> "";

  public StandInProvider() throws JOSEException {
    server.start();
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
    describe(issuer());
    publish(key);
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.port() + "/realms/main";
  }

  /** Describes itself under a name. */
  void describe(String name) {
    String at = issuer();
    server.stubFor(
        get("/realms/main/.well-known/openid-configuration")
            .willReturn(
                okJson(
                    """
                    {"issuer": "%s", "authorization_endpoint": "%s/auth",
                     "token_endpoint": "%s/token", "jwks_uri": "%s/keys",
                     "end_session_endpoint": "%s/logout",
                     "token_endpoint_auth_methods_supported": ["client_secret_basic"]}
                    """
                        .formatted(name, at, at, at, at))));
  }

  void publish(RSAKey shown) {
    server.stubFor(
        get("/realms/main/keys").willReturn(okJson(new JWKSet(shown.toPublicJWK()).toString())));
  }

  /** Takes a code once, and answers with this ID token; any other time it says invalid_grant. */
  public void take(String code, String idToken) {
    server.resetScenarios();
    server.stubFor(
        post("/realms/main/token")
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withHeader("Content-Type", "application/json")
                    .withBody("{\"error\": \"invalid_grant\"}")));
    server.stubFor(
        post("/realms/main/token")
            .withRequestBody(containing("code=" + code + "&"))
            .withRequestBody(containing("code_verifier="))
            .withBasicAuth(CLIENT, "client+secret+%26+more")
            .inScenario(code)
            .whenScenarioStateIs("Started")
            .willSetStateTo("used")
            .willReturn(okJson("{\"access_token\": \"a\", \"id_token\": \"" + idToken + "\"}")));
  }

  /** Lets everybody in at once, as somebody in these groups, and sends the browser back. */
  public void consent(List<String> groups, Instant now) {
    consent =
        nonce -> {
          try {
            return signed(claims(nonce, now).claim("groups", groups).build());
          } catch (JOSEException e) {
            throw new IllegalStateException(e);
          }
        };
    server.stubFor(
        get(urlPathEqualTo("/realms/main/auth"))
            .willReturn(aResponse().withTransformers(Consent.NAME)));
  }

  /** What the provider's page would do once somebody has typed their password. */
  private final class Consent implements ResponseDefinitionTransformerV2 {
    static final String NAME = "consent";

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      var asked = event.getRequest();
      take("c0de", consent.apply(asked.queryParameter("nonce").firstValue()));
      return ResponseDefinitionBuilder.responseDefinition()
          .withStatus(302)
          .withHeader(
              "Location",
              asked.queryParameter("redirect_uri").firstValue()
                  + "?code=c0de&state="
                  + asked.queryParameter("state").firstValue())
          .build();
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }

    @Override
    public String getName() {
      return NAME;
    }
  }

  /** The verifier of the last exchange. */
  String verifier() {
    String body =
        server
            .findAll(postRequestedFor(urlEqualTo("/realms/main/token")))
            .getLast()
            .getBodyAsString();
    return URLDecoder.decode(
        body.replaceAll(".*code_verifier=([^&]*).*", "$1"), StandardCharsets.UTF_8);
  }

  /** Good claims. */
  public JWTClaimsSet.Builder claims(String nonce, Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject("7f3a")
        .audience(CLIENT)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)))
        .claim("nonce", nonce)
        .claim("preferred_username", "grace")
        .claim("groups", List.of("everyone", "sre"));
  }

  public String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, key);
  }

  static String signed(JWTClaimsSet claims, RSAKey with) throws JOSEException {
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(with.getKeyID()).build(), claims);
    token.sign(new RSASSASigner(with));
    return token.serialize();
  }

  static String unsigned(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize();
  }

  /** Signed with the public key's own text as a shared secret, the classic confusion. */
  String confused(JWTClaimsSet claims) throws JOSEException {
    var token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims);
    token.sign(new MACSigner(key.toPublicJWK().toJSONString()));
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop();
  }
}
