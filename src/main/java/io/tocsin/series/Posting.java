package io.tocsin.series;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;

/**
 * The numbers of the series that carry one label, in rising order. One thread adds; readers take a
 * bitmap meanwhile. New numbers wait in a short tail until they are a fair part of the whole, so
 * that a bitmap is never changed once readers can see it.
 */
final class Posting {
  private static final RoaringBitmap NOTHING = new RoaringBitmap();
  private static final int SHORTEST_FULL_TAIL = 64;

  /** Numbers and how many of them count; replaced as a whole when it grows. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Tail(int[] numbers, int size) {
    static final Tail NONE = new Tail(new int[0], 0);
  }

  private final String value;
  private volatile RoaringBitmap settled = NOTHING;
  private volatile Tail tail = Tail.NONE;
  private int settledSize;

  Posting(String value) {
    this.value = value;
  }

  /** The label's value (or name), the one copy that all series share. */
  String value() {
    return value;
  }

  /** For the writer alone: a number larger than all before. */
  void add(int number) {
    Tail now = tail;
    int[] numbers = now.numbers;
    if (now.size == numbers.length) {
      numbers = Arrays.copyOf(numbers, now.size + Math.max(1, now.size / 2));
    }
    numbers[now.size] = number;
    tail = new Tail(numbers, now.size + 1);
    if (now.size + 1 >= Math.max(SHORTEST_FULL_TAIL, settledSize / 8)) {
      settle();
    }
  }

  private void settle() {
    RoaringBitmap all = bitmap();
    all.runOptimize();
    settledSize = all.getCardinality();
    settled = all;
    tail = Tail.NONE;
  }

  /**
   * Adds the numbers to a bitmap. The tail is read first: what leaves it is in the bitmap by then.
   */
  void addTo(RoaringBitmap target) {
    Tail waiting = tail;
    target.or(settled);
    target.addN(waiting.numbers, 0, waiting.size);
  }

  /** A bitmap of the reader's own. */
  RoaringBitmap bitmap() {
    var bitmap = new RoaringBitmap();
    addTo(bitmap);
    return bitmap;
  }
}
