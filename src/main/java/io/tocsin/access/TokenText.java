package io.tocsin.access;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A token as its owner holds it: {@code tcs_<id>_<secret>}. The id (8 hexadecimal digits) is
 * public, the secret (256 random bits as 64 hexadecimal digits) is shown once and never stored. The
 * fixed prefix lets secret scanners find a leaked one.
 */
public final class TokenText {

  private static final Pattern FORM = Pattern.compile("tcs_([0-9a-f]{8})_([0-9a-f]{64})");

  private final String id;
  private final String secret;

  private TokenText(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  /** A new token from a cryptographically strong source of randomness. */
  public static TokenText mint(RandomGenerator secureRandom) {
    return new TokenText(hex(secureRandom, 4), hex(secureRandom, 32));
  }

  private static String hex(RandomGenerator random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Reads what a client presented; empty when it is not of a token's form. */
  public static Optional<TokenText> parse(String presented) {
    var matcher = FORM.matcher(presented);
    return matcher.matches()
        ? Optional.of(new TokenText(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** The public part, by which the token is found. */
  public String id() {
    return id;
  }

  /** What is stored in its place. */
  public TokenHash hash() {
    return TokenHash.of(reveal());
  }

  /** The whole text, to be shown to its owner once. */
  public String reveal() {
    return "tcs_" + id + "_" + secret;
  }

  @Override
  public String toString() {
    return "tcs_" + id + "_***";
  }
}
