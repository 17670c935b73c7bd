package io.tocsin.model;

/**
 * 64 bits of an id: FNV-1a over its UTF-16 units, then mixed so that the high bits sample evenly.
 * Of 200,000 ids two agree with a chance of one in a billion. Never 0, which stands for no id.
 */
final class IdHash {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private IdHash() {}

  static long of(String id) {
    return of(id.toCharArray(), 0, id.length());
  }

  static long of(char[] text, int from, int length) {
    long hash = OFFSET;
    for (int i = from; i < from + length; i++) {
      hash = (hash ^ text[i]) * PRIME;
    }
    hash = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
    hash = (hash ^ (hash >>> 29)) * 0xbf58476d1ce4e5b9L;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }

  /** Whether an id belongs to the sample of one in 2^level. */
  static boolean sampled(long hash, int level) {
    return level == 0 || hash >>> (64 - level) == 0;
  }
}
