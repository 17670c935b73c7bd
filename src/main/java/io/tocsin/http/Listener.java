package io.tocsin.http;

import io.tocsin.access.AccessPolicy;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server for one audience: HTTP/1.1 with bounds on headers, idleness and time. Each gets a {@link
 * Vertx} of its own, so that a flood at one cannot starve the other's event loops. Answers are not
 * compressed here; prerendered pages come compressed already.
 */
public final class Listener {

  private static final long REQUEST_TIMEOUT_MILLIS = 60_000;
  private static final int IDLE_SECONDS = 75;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  static final int MAX_FORM_FIELD_BYTES = 256 * 1024;

  /** A negative port is any free one, the same for all loops; 0 would be another for each. */
  private static final AtomicInteger ANY_PORT = new AtomicInteger();

  private final Vertx vertx;
  private final String deployment;
  private final ListenAddress address;

  private Listener(Vertx vertx, String deployment, ListenAddress address) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.address = address;
  }

  /** The listener for everybody: no names, no tokens, only what {@code routes} show. */
  public static Future<Listener> open(Vertx vertx, ListenAddress address, List<Routes> routes) {
    return open(vertx, address, Front.NONE, routes, 1);
  }

  /**
   * The listener for everybody, with something in front that answers most of them.
   *
   * @param loops how many event loops share the connections
   */
  public static Future<Listener> open(
      Vertx vertx, ListenAddress address, Front front, List<Routes> routes, int loops) {
    Router router = router(vertx, routes, guarded -> {});
    return deploy(
        vertx,
        address,
        request -> {
          if (!front.answers(request)) {
            router.handle(request);
          }
        },
        loops);
  }

  /**
   * The operations listener.
   *
   * <p>It fails to start where {@link AccessPolicy#guard} forbids it.
   *
   * @param hosts names, besides loopback ones, under which it is reached
   */
  public static Future<Listener> guarded(
      Vertx vertx,
      ListenAddress address,
      List<String> hosts,
      Authentication authentication,
      List<Routes> routes) {
    return authentication
        .guard(address)
        .compose(
            guarded ->
                deploy(
                    vertx,
                    address,
                    router(
                        vertx,
                        routes,
                        router -> {
                          router.route().handler(new HostGuard(hosts));
                          router.route().handler(new OriginGuard());
                          router.route().handler(authentication);
                        }),
                    1));
  }

  private static Router router(Vertx vertx, List<Routes> routes, Consumer<Router> guards) {
    Router router = Router.router(vertx);
    Failures.mount(router);
    router.route().handler(new SecurityHeaders());
    router.route().handler(TimeoutHandler.create(REQUEST_TIMEOUT_MILLIS, 504));
    guards.accept(router);
    routes.forEach(resource -> resource.mount(router));
    return router;
  }

  private static Future<Listener> deploy(
      Vertx vertx, ListenAddress address, Handler<HttpServerRequest> answers, int loops) {
    var port = new AtomicInteger();
    HttpServerOptions options = options(address);
    return vertx
        .deployVerticle(
            () -> new Server(options, answers, port), new DeploymentOptions().setInstances(loops))
        .map(
            deployment ->
                new Listener(vertx, deployment, new ListenAddress(address.host(), port.get())));
  }

  private static HttpServerOptions options(ListenAddress address) {
    return new HttpServerOptions()
        .setHost(address.host())
        .setPort(address.port() == 0 ? ANY_PORT.decrementAndGet() : address.port())
        .setIdleTimeout(IDLE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setMaxInitialLineLength(MAX_HEADER_BYTES)
        .setMaxFormAttributeSize(MAX_FORM_FIELD_BYTES)
        // A request that asked for h2c could have its body left behind by the upgrade, and wait.
        .setHttp2ClearTextEnabled(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false);
  }

  /** Where it listens, with the port it really got. */
  public ListenAddress address() {
    return address;
  }

  /** Stops listening; requests under way get a moment to finish. */
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }

  private static final class Server extends VerticleBase {
    private final HttpServerOptions options;
    private final Handler<HttpServerRequest> answers;
    private @Nullable HttpServer server;
    private final AtomicInteger port;

    private Server(
        HttpServerOptions options, Handler<HttpServerRequest> answers, AtomicInteger port) {
      this.port = port;
      this.options = options;
      this.answers = answers;
    }

    @Override
    public Future<?> start() {
      var created = vertx.createHttpServer(options).requestHandler(answers);
      server = created;
      return created.listen().onSuccess(bound -> port.set(bound.actualPort()));
    }

    @Override
    public Future<?> stop() {
      return server == null ? Future.succeededFuture() : server.shutdown(5, TimeUnit.SECONDS);
    }
  }
}
