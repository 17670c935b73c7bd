package io.tocsin.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Texts that only we can have made, fit for an address: {@code base64url(text).base64url(mac)}. Not
 * secret: whoever holds one can read the text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104, HMAC</a>
 */
public final class SignedText {

  /** Half of SHA-256's output, the shortest that RFC 2104 §5 advises. */
  private static final int MAC_BYTES = 16;

  private static final Base64.Encoder WRITE = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder READ = Base64.getUrlDecoder();

  private final SecretKeySpec key;

  public SignedText(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  public String sign(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return WRITE.encodeToString(bytes) + "." + WRITE.encodeToString(mac(bytes));
  }

  /** The text, if we signed it. */
  public Optional<String> read(String signed) {
    String[] parts = signed.split("\\.", -1);
    if (parts.length != 2) {
      return Optional.empty();
    }
    try {
      byte[] bytes = READ.decode(parts[0]);
      return MessageDigest.isEqual(mac(bytes), READ.decode(parts[1]))
          ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private byte[] mac(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(bytes), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
