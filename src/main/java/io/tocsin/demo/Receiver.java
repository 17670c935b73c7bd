package io.tocsin.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A webhook receiver on loopback that remembers what it got, newest first. */
public final class Receiver {

  private static final int KEPT = 200;

  /** One request that came in: {@code path} tells which receiver it was meant for. */
  public record Received(Instant at, String path, String body) {}

  private final InstantSource clock;
  private final Deque<Received> received = new ArrayDeque<>();
  private int port;

  private Receiver(InstantSource clock) {
    this.clock = clock;
  }

  /** Opens it on a free port. It ends with the Vert.x it runs on. */
  public static Future<Receiver> open(Vertx vertx, InstantSource clock) {
    var receiver = new Receiver(clock);
    return vertx
        .createHttpServer()
        .requestHandler(receiver::take)
        .listen(0, "127.0.0.1")
        .map(
            server -> {
              receiver.port = server.actualPort();
              return receiver;
            });
  }

  public int port() {
    return port;
  }

  /** What came in, newest first. */
  public List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  private void take(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              remember(String.valueOf(request.path()), body);
              request
                  .response()
                  .setStatusCode(202)
                  .putHeader("Content-Type", "application/json")
                  .end("{\"status\":\"success\"}");
            });
  }

  private void remember(String path, Buffer body) {
    synchronized (received) {
      received.addFirst(new Received(clock.instant(), path, body.toString()));
      while (received.size() > KEPT) {
        received.removeLast();
      }
    }
  }
}
