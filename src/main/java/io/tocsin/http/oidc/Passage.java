package io.tocsin.http.oidc;

import io.tocsin.access.SignedText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a browser keeps, signed, while it is at the provider.
 *
 * @param state comes back with it, so that nobody can end a log-in that this browser did not start
 * @param nonce comes back in the token
 * @param verifier whose hash the provider was told (PKCE)
 * @param until when it is too late
 * @param back where it wanted to go
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7636">RFC 7636, PKCE</a>
 */
record Passage(String state, String nonce, String verifier, Instant until, String back) {

  private static final Duration TIME = Duration.ofMinutes(10);
  private static final int PARTS = 5;
  private static final Base64.Encoder WRITE = Base64.getUrlEncoder().withoutPadding();

  static Passage begin(RandomGenerator random, String back, Instant now) {
    return new Passage(secret(random), secret(random), secret(random), now.plus(TIME), back);
  }

  private static String secret(RandomGenerator random) {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return WRITE.encodeToString(bytes);
  }

  String challenge() {
    try {
      return WRITE.encodeToString(
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  String signed(SignedText signature) {
    return signature.sign(
        String.join(" ", state, nonce, verifier, Long.toString(until.getEpochSecond()), back));
  }

  /** Reads it back while it is good. */
  static Optional<Passage> read(String kept, SignedText signature, Instant now) {
    return signature
        .read(kept)
        .map(text -> text.split(" ", PARTS))
        .filter(parts -> parts.length == PARTS)
        .flatMap(Passage::of)
        .filter(passage -> now.isBefore(passage.until));
  }

  private static Optional<Passage> of(String[] parts) {
    try {
      Instant until = Instant.ofEpochSecond(Long.parseLong(parts[3]));
      return Optional.of(new Passage(parts[0], parts[1], parts[2], until, parts[4]));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
