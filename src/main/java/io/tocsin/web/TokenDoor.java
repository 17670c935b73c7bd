package io.tocsin.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who knows a token: by the link {@code /?token=...}, by the cookie that the link leaves,
 * or by {@code Authorization: Bearer ...} for feed readers. The cookie holds a signature made with
 * the token, not the token; who takes a token out of the configuration, shuts out its readers.
 */
public final class TokenDoor implements PageDoor {

  static final String PARAMETER = "token";
  private static final String COOKIE = "page";
  private static final String BEARER = "Bearer ";
  private static final Duration KEPT = Duration.ofDays(90);

  private final List<String> passes;

  /** A door for the readers who know one of these. */
  public TokenDoor(List<String> tokens) {
    passes = tokens.stream().map(TokenDoor::pass).toList();
  }

  private static String pass(String token) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] sum = mac.doFinal("tocsin status page".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
    }
  }

  @Override
  public boolean open() {
    return false;
  }

  @Override
  public boolean admits(HttpServerRequest request) {
    Cookie kept = request.getCookie(COOKIE);
    if (kept != null && known(kept.getValue())) {
      return true;
    }
    return bearer(request.getHeader(HttpHeaders.AUTHORIZATION))
        .filter(token -> known(pass(token)))
        .isPresent();
  }

  private static Optional<String> bearer(@Nullable String header) {
    return Optional.ofNullable(header)
        .filter(text -> text.startsWith(BEARER) && text.length() > BEARER.length())
        .map(text -> text.substring(BEARER.length()).strip());
  }

  @Override
  public boolean takesTokens() {
    return true;
  }

  @Override
  public Optional<Cookie> admit(String token, boolean secure) {
    if (token.isEmpty() || !known(pass(token))) {
      return Optional.empty();
    }
    return Optional.of(cookie(pass(token)).setMaxAge(KEPT.toSeconds()).setSecure(secure));
  }

  private static Cookie cookie(String value) {
    return Cookie.cookie(COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.LAX);
  }

  @Override
  public Optional<String> signOn() {
    return Optional.empty();
  }

  @Override
  public List<Cookie> leave() {
    return List.of(cookie("").setMaxAge(0));
  }

  /** Compares with each, in time that tells nothing. */
  private boolean known(String pass) {
    byte[] given = pass.getBytes(StandardCharsets.UTF_8);
    boolean found = false;
    for (String expected : passes) {
      found |= MessageDigest.isEqual(given, expected.getBytes(StandardCharsets.UTF_8));
    }
    return found;
  }
}
