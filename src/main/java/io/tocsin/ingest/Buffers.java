package io.tocsin.ingest;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Arrays for what a request decompresses to, lent out again and again: a large array for each
 * request would be most of the garbage we make. A few of bounded size are kept.
 */
final class Buffers {
  /** Those of every request. */
  static final Buffers SHARED = new Buffers(4, 2 << 20);

  private static final int SMALLEST = 64 << 10;

  private final BlockingQueue<byte[]> idle;
  private final int largest;

  /**
   * @param most arrays kept
   * @param largest bytes of an array that is kept
   */
  Buffers(int most, int largest) {
    this.idle = new ArrayBlockingQueue<>(most);
    this.largest = largest;
  }

  /** An array of at least so many bytes, with anything in it. */
  byte[] borrow(int bytes) {
    byte @Nullable [] array = idle.poll();
    return array != null && array.length >= bytes
        ? array
        : new byte[Math.max(SMALLEST, Integer.highestOneBit(bytes - 1 | 1) << 1)];
  }

  /** Gives an array back; nobody may hold on to it. */
  void giveBack(byte[] array) {
    if (array.length <= largest) {
      idle.offer(array);
    }
  }
}
