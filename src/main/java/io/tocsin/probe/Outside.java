package io.tocsin.probe;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * The way out: what a probe needs of the world.
 *
 * @param vertx timers and name look-ups
 * @param http opens one connection for each exchange; nothing is pooled
 * @param net plain and TLS sockets
 * @param blocking runs what blocks: a virtual thread each
 * @param heartbeats the pings heard
 * @param clock tells the time of day
 * @param nanos monotonic nanoseconds
 */
public record Outside(
    Vertx vertx,
    HttpClientAgent http,
    NetClient net,
    Executor blocking,
    Heartbeats heartbeats,
    InstantSource clock,
    LongSupplier nanos) {

  /** With clients of our own making. */
  public static Outside open(
      Vertx vertx,
      Executor blocking,
      Heartbeats heartbeats,
      InstantSource clock,
      LongSupplier nanos) {
    var http = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    var net = vertx.createNetClient(new NetClientOptions());
    return new Outside(vertx, http, net, blocking, heartbeats, clock, nanos);
  }

  /** Runs something that blocks or takes long, and comes back to the loop with its result. */
  <T> Future<T> offLoop(Callable<T> work) {
    Promise<T> result = Promise.promise();
    Context context = vertx.getOrCreateContext();
    try {
      blocking.execute(
          () -> {
            try {
              T value = work.call();
              context.runOnContext(back -> result.complete(value));
            } catch (Exception e) {
              context.runOnContext(back -> result.fail(e));
            }
          });
    } catch (RejectedExecutionException e) {
      result.fail(e);
    }
    return result.future();
  }
}
