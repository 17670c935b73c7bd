package io.tocsin.channel;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs an exchange on an event loop from its first step. A chain begun on another thread can miss
 * events that arrive between two steps, and then never ends.
 */
final class Loop {

  private Loop() {}

  /** The exchange's result; fails when it takes longer than {@code atMost}. */
  static <T> Future<T> call(Context context, Duration atMost, Supplier<Future<T>> exchange) {
    Promise<T> result = Promise.promise();
    context.runOnContext(
        on -> exchange.get().timeout(atMost.toMillis(), TimeUnit.MILLISECONDS).onComplete(result));
    return result.future();
  }
}
