package io.tocsin.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How costly it is to try one password.
 *
 * @param memoryKib memory for one hash, in KiB
 * @param passes over that memory
 * @param lanes degree of parallelism; we compute them one after the other
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106</a>
 */
public record Argon2id(int memoryKib, int passes, int lanes) {

  /**
   * What OWASP's Password Storage Cheat Sheet asks for at least: 19 MiB, 2 passes, 1 lane. Small
   * enough that two at a time fit into a modest heap.
   */
  public static final Argon2id USUAL = new Argon2id(19_456, 2, 1);

  /** RFC 9106 §3.1 and §4: 128 bits of salt, 256 of tag. */
  private static final int SALT_BYTES = 16;

  private static final int TAG_BYTES = 32;
  private static final int MOST_KIB = 1 << 20;

  public Argon2id {
    if (passes < 1 || lanes < 1 || memoryKib < 8 * lanes || memoryKib > MOST_KIB) {
      throw new IllegalArgumentException(
          "Argon2id: found m=%d, t=%d, p=%d, expected t >= 1, p >= 1, 8p <= m <= %d"
              .formatted(memoryKib, passes, lanes, MOST_KIB));
    }
  }

  /** Hashes a password with a salt of its own. Takes tens of milliseconds by intent. */
  public PasswordHash hash(String password, RandomGenerator secureRandom) {
    var salt = new byte[SALT_BYTES];
    secureRandom.nextBytes(salt);
    return new PasswordHash(this, salt, compute(password, salt, TAG_BYTES));
  }

  /** Whether a password is the one that was hashed, at the cost with which it was. */
  public static boolean matches(String password, PasswordHash stored) {
    byte[] tag = stored.tag();
    return MessageDigest.isEqual(tag, stored.cost().compute(password, stored.salt(), tag.length));
  }

  private byte[] compute(String password, byte[] salt, int length) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    var tag = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), tag);
    return tag;
  }
}
