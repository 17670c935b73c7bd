package io.tocsin.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A browser's session: a cookie that names the token it was opened with and when it ends, signed
 * with HMAC-SHA256. Nothing is stored; revoking the token ends its sessions.
 */
public final class Sessions {

  static final String COOKIE = "tocsin_session";

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{8})\\.(\\d{1,12})\\.([0-9a-f]{64})");

  private final SecretKeySpec key;
  private final Duration life;
  private final boolean secure;

  /**
   * @param key at least 32 random bytes; a new key ends every session
   * @param life how long a session lasts
   * @param secure whether browsers reach us over HTTPS only
   */
  public Sessions(byte[] key, Duration life, boolean secure) {
    if (key.length < 32) {
      throw new IllegalArgumentException(
          "expected a key of at least 32 bytes, found " + key.length);
    }
    this.key = new SecretKeySpec(key, "HmacSHA256");
    this.life = life;
    this.secure = secure;
  }

  /** The cookie for a session opened now. */
  Cookie open(String tokenId, Instant now) {
    String claim = tokenId + "." + now.plus(life).getEpochSecond();
    return cookie(claim + "." + HexFormat.of().formatHex(sign(claim))).setMaxAge(life.toSeconds());
  }

  /** The cookie that makes a browser forget its session. */
  Cookie closed() {
    return cookie("").setMaxAge(0);
  }

  /** The token a cookie's value stands for; empty when it is forged, malformed or over. */
  Optional<String> tokenId(String value, Instant now) {
    var parts = FORM.matcher(value);
    if (!parts.matches()) {
      return Optional.empty();
    }
    byte[] expected = sign(parts.group(1) + "." + parts.group(2));
    boolean genuine = MessageDigest.isEqual(expected, HexFormat.of().parseHex(parts.group(3)));
    boolean over = now.getEpochSecond() >= Long.parseLong(parts.group(2));
    return genuine && !over ? Optional.of(parts.group(1)) : Optional.empty();
  }

  private Cookie cookie(String value) {
    return Cookie.cookie(COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(secure)
        .setSameSite(CookieSameSite.STRICT);
  }

  private byte[] sign(String claim) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(claim.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
