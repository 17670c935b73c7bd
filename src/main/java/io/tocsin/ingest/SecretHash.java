package io.tocsin.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * A 128-bit hash under a secret: two lanes of 64 bits, each folding the product of two words of
 * input with secret numbers. For finding equal texts within one process, never for storage.
 *
 * @see <a href="https://github.com/wangyi-fudan/wyhash">wyhash, whose multiply-and-fold step this
 *     is</a>
 */
final class SecretHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** 128 bits; the high ones are never 0. */
  record Key(long high, long low) {}

  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  /** With a secret of its own. */
  SecretHash() {
    var random = new SecureRandom();
    first = random.nextLong();
    second = random.nextLong();
    third = random.nextLong();
    fourth = random.nextLong();
  }

  /** The hash of {@code bytes[from, to)} and a number that goes with them. */
  Key of(byte[] bytes, int from, int to, int kind) {
    long high = first ^ kind;
    long low = third ^ kind;
    int at = from;
    for (; at + 16 <= to; at += 16) {
      long one = (long) LONGS.get(bytes, at);
      long other = (long) LONGS.get(bytes, at + 8);
      high = fold(one ^ high, other ^ second);
      low = fold(other ^ low, one ^ fourth);
    }
    long one = tail(bytes, at, to);
    long other = tail(bytes, at + 8, to);
    high = fold(one ^ high, other ^ second);
    low = fold(other ^ low, one ^ fourth);
    int length = to - from;
    high = fold(high ^ length, second);
    low = fold(low ^ length, fourth);
    return new Key(high == 0 ? 1 : high, low);
  }

  /** Up to eight bytes, zeros for what is missing; the length tells those from real ones. */
  private static long tail(byte[] bytes, int from, int to) {
    if (from + 8 <= to) {
      return (long) LONGS.get(bytes, from);
    }
    long word = 0;
    for (int at = Math.min(from + 8, to) - 1; at >= from; at--) {
      word = word << 8 | (bytes[at] & 0xff);
    }
    return word;
  }

  private static long fold(long one, long other) {
    return one * other ^ Math.unsignedMultiplyHigh(one, other);
  }
}
