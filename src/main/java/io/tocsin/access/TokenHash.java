package io.tocsin.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of a token's text. A plain fast hash is enough because the secret is 256 random bits,
 * not a password somebody chose.
 */
public final class TokenHash {

  private final byte[] digest;

  private TokenHash(byte[] digest) {
    this.digest = digest;
  }

  static TokenHash of(String text) {
    try {
      return new TokenHash(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * A hash as it was stored.
   *
   * @throws IllegalArgumentException when it is not 64 hexadecimal digits
   */
  public static TokenHash fromHex(String hex) {
    byte[] digest = HexFormat.of().parseHex(hex);
    if (digest.length != 32) {
      throw new IllegalArgumentException("expected 64 hexadecimal digits, found " + hex.length());
    }
    return new TokenHash(digest);
  }

  /** 64 hexadecimal digits, for storing. */
  public String hex() {
    return HexFormat.of().formatHex(digest);
  }

  /** Equality in a time that does not depend on where the two differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TokenHash that && MessageDigest.isEqual(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  @Override
  public String toString() {
    return "***";
  }
}
