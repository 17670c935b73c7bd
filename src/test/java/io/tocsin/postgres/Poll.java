package io.tocsin.postgres;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, at most twenty seconds. */
final class Poll {
  private Poll() {}

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the condition did not come true within 20 s");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
