package io.tocsin.access;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** What a browser's cookie holds: 256 random bits as hexadecimal digits; only its hash is kept. */
public final class SessionSecret {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  private final String text;

  private SessionSecret(String text) {
    this.text = text;
  }

  public static SessionSecret mint(RandomGenerator secureRandom) {
    var bytes = new byte[32];
    secureRandom.nextBytes(bytes);
    return new SessionSecret(HexFormat.of().formatHex(bytes));
  }

  /** Reads a cookie's value; empty for anything else. */
  public static Optional<SessionSecret> parse(String value) {
    return FORM.matcher(value).matches() ? Optional.of(new SessionSecret(value)) : Optional.empty();
  }

  /** What is stored in its place. */
  public TokenHash hash() {
    return TokenHash.of(text);
  }

  /**
   * What every form of this browser carries; made from the secret, which a foreign page cannot
   * read, and telling nothing of it.
   */
  public String formToken() {
    return TokenHash.of("form:" + text).hex();
  }

  /** The whole text, for the cookie alone. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "***";
  }
}
