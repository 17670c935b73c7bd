package io.tocsin.access;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A password as it is stored: the parameters, the salt and the Argon2id tag, in the PHC string
 * format {@code $argon2id$v=19$m=19456,t=2,p=1$salt$tag}.
 *
 * @see <a href="https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md">PHC string
 *     format</a>
 */
public final class PasswordHash {

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
  private static final Base64.Encoder WRITE = Base64.getEncoder().withoutPadding();

  private final Argon2id cost;
  private final byte[] salt;
  private final byte[] tag;

  PasswordHash(Argon2id cost, byte[] salt, byte[] tag) {
    this.cost = cost;
    this.salt = salt.clone();
    this.tag = tag.clone();
  }

  /**
   * Reads what was stored.
   *
   * @throws IllegalArgumentException for another form; the text does not repeat it
   */
  public static PasswordHash parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a stored password is not in PHC form of Argon2id");
    }
    return new PasswordHash(
        new Argon2id(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3))),
        Base64.getDecoder().decode(parts.group(4)),
        Base64.getDecoder().decode(parts.group(5)));
  }

  /** How costly it was made. */
  public Argon2id cost() {
    return cost;
  }

  byte[] salt() {
    return salt.clone();
  }

  byte[] tag() {
    return tag.clone();
  }

  /** For storing. */
  public String phc() {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.passes(),
            cost.lanes(),
            WRITE.encodeToString(salt),
            WRITE.encodeToString(tag));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that && phc().equals(that.phc());
  }

  @Override
  public int hashCode() {
    return phc().hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
