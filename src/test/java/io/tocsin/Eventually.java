package io.tocsin;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Waits for something outside the test's own hands, at most so long, looking every few
 * milliseconds.
 */
public final class Eventually {

  private Eventually() {}

  /** Returns as soon as the check passes; fails as the check does when time runs out. */
  public static void eventually(Duration atMost, ThrowingCallable check) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      try {
        check.call();
        return;
      } catch (Throwable failure) {
        if (System.nanoTime() > deadline) {
          throw failure instanceof Error error ? error : new AssertionError(failure);
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }
}
