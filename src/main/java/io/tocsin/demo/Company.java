package io.tocsin.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simulated company: real HTTP and TCP servers on free ports of loopback. */
public final class Company {

  private static final String LOOPBACK = "127.0.0.1";

  private final Vertx vertx;
  private final Faults faults;
  private final Traffic traffic;
  private final InnerWorkings inner;
  private final InstantSource clock;
  private final Map<SimulatedPart, Integer> ports = new EnumMap<>(SimulatedPart.class);
  private int metricsPort;

  private Company(Vertx vertx, Faults faults, InstantSource clock) {
    this.vertx = vertx;
    this.faults = faults;
    this.clock = clock;
    this.traffic = new Traffic(faults);
    this.inner = new InnerWorkings(faults);
  }

  /** Opens every server. They end with the Vert.x they run on. */
  public static Future<Company> open(Vertx vertx, Faults faults, InstantSource clock) {
    var company = new Company(vertx, faults, clock);
    List<Future<Integer>> servers =
        List.of(
            company.database(),
            company.http(SimulatedPart.AI_MODEL),
            company.http(SimulatedPart.PAYMENT_API),
            company.http(SimulatedPart.CHAT_BOT),
            company.http(SimulatedPart.WEB_APP),
            company.metrics());
    vertx.setPeriodic(1_000, tick -> company.advance());
    return Future.all(servers).map(company);
  }

  private void advance() {
    traffic.advance();
    inner.advance();
  }

  /** Where a dependency listens. */
  public int port(SimulatedPart dependency) {
    return ports.getOrDefault(dependency, 0);
  }

  /** Where {@code /metrics/<dependency>} are. */
  public int metricsPort() {
    return metricsPort;
  }

  private Future<Integer> database() {
    return vertx
        .createNetServer()
        .connectHandler(this::answerPing)
        .listen(0, LOOPBACK)
        .map(server -> remember(SimulatedPart.DATABASE, server.actualPort()));
  }

  private void answerPing(NetSocket socket) {
    if (faults.broken(SimulatedPart.DATABASE)) {
      socket.close();
      return;
    }
    socket.handler(
        asked -> {
          if (asked.toString().startsWith("PING")) {
            socket.write("PONG\n");
          }
        });
  }

  private Future<Integer> http(SimulatedPart dependency) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> answer(dependency, request))
        .listen(0, LOOPBACK)
        .map(server -> remember(dependency, server.actualPort()));
  }

  private int remember(SimulatedPart dependency, int port) {
    ports.put(dependency, port);
    return port;
  }

  private void answer(SimulatedPart dependency, HttpServerRequest request) {
    boolean broken = faults.broken(dependency);
    switch (dependency) {
      case AI_MODEL ->
          json(
              request,
              broken ? 500 : 200,
              "{\"model-loaded\":{\"healthy\":true},\"inference\":{\"healthy\":"
                  + !broken
                  + (broken ? ",\"message\":\"inference takes 180 ms\"" : "")
                  + "}}");
      case PAYMENT_API ->
          json(request, broken ? 503 : 200, "{\"status\":\"" + (broken ? "failing" : "ok") + "\"}");
      case CHAT_BOT ->
          json(
              request,
              broken ? 503 : 200,
              "{\"status\":\""
                  + (broken ? "DOWN" : "UP")
                  + "\",\"components\":{\"broker\":{\"status\":\""
                  + (broken ? "DOWN" : "UP")
                  + "\"},\"ping\":{\"status\":\"UP\"}}}");
      case WEB_APP ->
          request
              .response()
              .setStatusCode(broken ? 500 : 200)
              .putHeader("Content-Type", "text/html")
              .end(broken ? "<h1>Something went wrong</h1>" : "<h1>Welcome to Acme</h1>");
      case DATABASE, PRICE_FEED -> request.response().setStatusCode(404).end();
    }
  }

  private static void json(HttpServerRequest request, int status, String body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(body));
  }

  private Future<Integer> metrics() {
    return vertx
        .createHttpServer()
        .requestHandler(this::show)
        .listen(0, LOOPBACK)
        .map(server -> metricsPort = server.actualPort());
  }

  private void show(HttpServerRequest request) {
    Optional<String> text = inner.metrics(String.valueOf(request.path()), clock.instant());
    if (text.isPresent()) {
      request.response().putHeader("Content-Type", "text/plain; version=0.0.4").end(text.get());
      return;
    }
    for (SimulatedPart dependency : SimulatedPart.values()) {
      if (("/metrics/" + dependency.label()).equals(request.path())) {
        request
            .response()
            .putHeader("Content-Type", "text/plain; version=0.0.4")
            .end(traffic.metrics(dependency));
        return;
      }
    }
    request.response().setStatusCode(404).end();
  }
}
