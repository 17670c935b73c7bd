package io.tocsin.http;

import io.tocsin.access.Argon2id;
import io.tocsin.access.Hashing;
import io.tocsin.access.PasswordHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hashes passwords on few threads of its own, so that a flood of log-ins takes neither all cores
 * nor all memory: each hash takes {@link Argon2id#memoryKib}. Callers wait, so call from a virtual
 * thread; beyond a bound 503 at once.
 */
public final class Passwords implements Hashing, AutoCloseable {

  private static final int THREADS = 2;
  private static final int WAITING = 32;

  private final Argon2id cost;
  private final SecureRandom random = new SecureRandom();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("password-", 0).daemon().factory());

  /**
   * @param cost of new hashes
   */
  public Passwords(Argon2id cost) {
    this.cost = cost;
    threads.allowCoreThreadTimeOut(true);
  }

  /** What new hashes cost; one stored at another cost is hashed anew at the next log-in. */
  public Argon2id cost() {
    return cost;
  }

  @Override
  public PasswordHash hash(String password) {
    return call(() -> cost.hash(password, random));
  }

  @Override
  public boolean matches(String password, PasswordHash stored) {
    return call(() -> Argon2id.matches(password, stored));
  }

  private <T> T call(Callable<T> work) {
    Future<T> done;
    try {
      done = threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw ProblemException.unavailable(
          WAITING + " log-ins are already waiting", Duration.ofSeconds(2));
    }
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable("Tocsin is shutting down", Duration.ofSeconds(5));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a password cannot be hashed", e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
