package io.tocsin.http.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a genuine ID token from any other: signed by a key of the provider with an asymmetric
 * algorithm, by this issuer, for us, for this very log-in, in time.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID
 *     Connect Core 1.0 §3.1.3.7</a>
 */
final class IdTokens {

  /** Never {@code none}, never one with a shared secret. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final OidcSettings settings;
  private final JWKSource<SecurityContext> keys;

  IdTokens(OidcSettings settings, URI keys, GuardedHttp http) {
    this.settings = settings;
    try {
      this.keys =
          JWKSourceBuilder.create(keys.toURL(), url -> fetch(http, url.toString()))
              // Ahead of need they would be fetched on a thread that nobody ends.
              .refreshAheadCache(false)
              .retrying(false)
              .rateLimited(false)
              .build();
    } catch (MalformedURLException e) {
      throw new SignOn.Refused("the identity provider's keys have no address", e);
    }
  }

  private static Resource fetch(GuardedHttp http, String url) throws IOException {
    try {
      GuardedHttp.Answer answer = http.get(new URI(url), Map.of());
      if (answer.status() != 200) {
        throw new IOException("keys: status " + answer.status());
      }
      return new Resource(answer.body(), "application/json");
    } catch (SignOn.Refused | URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /**
   * The claims of a genuine token.
   *
   * @throws SignOn.Refused for any other
   */
  JWTClaimsSet verified(String token, String nonce, Instant now) {
    try {
      JWTClaimsSet claims = processor(now).process(token, null);
      String given = claims.getStringClaim("nonce");
      if (!MessageDigest.isEqual(bytes(given), bytes(nonce))) {
        throw new SignOn.Refused("its answer belongs to another log-in");
      }
      List<String> audience = claims.getAudience();
      String party = claims.getStringClaim("azp");
      if ((audience.size() > 1 || party != null) && !settings.clientId().equals(party)) {
        throw new SignOn.Refused("its answer is meant for somebody else");
      }
      if (claims.getSubject().isBlank()) {
        throw new SignOn.Refused("its answer names nobody");
      }
      return claims;
    } catch (BadJOSEException | JOSEException | ParseException e) {
      throw new SignOn.Refused("its answer does not hold", e);
    }
  }

  private DefaultJWTProcessor<SecurityContext> processor(Instant now) {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    var verifier =
        new DefaultJWTClaimsVerifier<SecurityContext>(
            settings.clientId(),
            new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
            Set.of("sub", "exp", "iat", "nonce")) {
          @Override
          protected Date currentTime() {
            return Date.from(now);
          }
        };
    verifier.setMaxClockSkew((int) settings.skew().toSeconds());
    processor.setJWTClaimsSetVerifier(verifier);
    return processor;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
