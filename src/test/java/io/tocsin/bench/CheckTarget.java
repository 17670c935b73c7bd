package io.tocsin.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/**
 * What {@link CheckBench} checks, in a process of its own: prints its port, ends with its input.
 */
public final class CheckTarget {

  private CheckTarget() {}

  public static void main(String[] arguments) throws Exception {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    int port =
        vertx
            .createHttpServer(new HttpServerOptions().setAcceptBacklog(4096))
            .requestHandler(request -> request.response().end("{\"status\":\"ok\"}"))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS)
            .actualPort();
    System.out.println(port);
    while (System.in.read() >= 0) {
      continue;
    }
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}
