package io.tocsin.channel;

import io.tocsin.notify.SendResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Several calls one after the other, each waited for, on a virtual thread of their own. */
final class Script {

  private static final Executor THREADS = task -> Thread.ofVirtual().name("channel").start(task);

  private Script() {}

  static CompletionStage<SendResult> run(Supplier<SendResult> calls) {
    return CompletableFuture.supplyAsync(calls, THREADS);
  }
}
