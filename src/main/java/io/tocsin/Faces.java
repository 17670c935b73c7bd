package io.tocsin;

import io.tocsin.http.AuditTrail;
import io.tocsin.http.Blocking;
import io.tocsin.http.ListenAddress;
import io.tocsin.http.Listener;
import io.tocsin.http.QueryPool;
import io.tocsin.http.Routes;
import io.tocsin.silence.SilenceBook;
import io.tocsin.web.Assets;
import io.tocsin.web.PublicRoutes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The two listeners with all that is mounted on them. */
final class Faces implements AutoCloseable {

  private static final Duration OPEN_WITHIN = Duration.ofSeconds(10);
  private static final int PAGE_LOOPS = 2;
  private static final int CALLS = 256;
  private static final int WAITING_QUERIES = 64;
  private static final int WAITING_COMPUTATIONS = 8;

  private final Listener ops;
  private final Listener page;
  private final Gate gate;
  private final Entrance entrance;
  private final Subscriptions subscriptions;
  private final Blocking blocking;
  private final QueryPool queries;
  private final QueryPool computations;

  private Faces(
      Listener ops,
      Listener page,
      Gate gate,
      Entrance entrance,
      Subscriptions subscriptions,
      Blocking blocking,
      QueryPool queries,
      QueryPool computations) {
    this.ops = ops;
    this.page = page;
    this.gate = gate;
    this.entrance = entrance;
    this.subscriptions = subscriptions;
    this.blocking = blocking;
    this.queries = queries;
    this.computations = computations;
  }

  /** Opens both; each has event loops of its own. */
  static Faces open(
      Server.Parts parts, Assets assets, Vertx opsLoops, Vertx pageLoops, ServerExtras extras)
      throws Exception {
    Configuration configuration = parts.configuration();
    var blocking = new Blocking(CALLS);
    var queries = new QueryPool(Mount.QUERIES, WAITING_QUERIES);
    parts.telemetry().queue("queries", queries::waiting, WAITING_QUERIES);
    var computations = new QueryPool(1, WAITING_COMPUTATIONS);
    parts.telemetry().queue("computations", computations::waiting, WAITING_COMPUTATIONS);
    parts.telemetry().queue("calls", blocking::underWay, CALLS);
    var ports =
        new Entrance.Ports(
            configuration, parts.foundation().database(), parts.site(), parts.clock());
    var gate =
        new Gate(
            configuration,
            parts.stores(),
            configuration.auth().oidc().map(it -> Entrance.signOn(it, ports, opsLoops, "sign-on")),
            parts.data(),
            blocking,
            parts.clock());
    if (gate.needsFirst()) {
      SetupLink.write(gate.setup(), configuration.console(), parts.data(), parts.clock().instant());
    } else {
      SetupLink.remove(parts.data());
    }
    parts.telemetry().queue("audit", gate.trail()::waiting, AuditTrail.WAITING);
    var subscriptions = Subscriptions.open(parts, opsLoops);
    var entrance = Entrance.of(ports, pageLoops);
    var site = new PublicRoutes(parts.site(), assets, entrance.door());
    var pages = new ArrayList<Routes>(entrance.routes());
    pages.add(subscriptions.pages(configuration, entrance.door(), blocking));
    pages.add(site);
    Listener page =
        await(Listener.open(pageLoops, configuration.publicPage(), site, pages, PAGE_LOOPS));
    var silences =
        new SilenceBook(
            parts.stores().silences(),
            () -> UUID.randomUUID().toString(),
            configuration.routing().secondPerson(),
            parts.engine().mutes()::refresh);
    var mount =
        new Mount(parts, new Reload(parts), silences, blocking, queries, computations, gate);
    var console = new ConsoleMount(mount, extras, assets);
    List<Routes> routes = mount.routes(extras);
    routes.add(console.actions());
    routes.add(console.console(page.address()));
    Listener ops =
        await(
            Listener.guarded(
                opsLoops,
                configuration.ops(),
                configuration.hosts(),
                gate.authentication(),
                routes));
    return new Faces(ops, page, gate, entrance, subscriptions, blocking, queries, computations);
  }

  /** Waits until it listens. */
  static Listener await(Future<Listener> listener) throws Exception {
    return listener
        .toCompletionStage()
        .toCompletableFuture()
        .get(OPEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Forgets sessions that are over. */
  void forgetSessions() {
    gate.forget();
  }

  ListenAddress console() {
    return ops.address();
  }

  ListenAddress page() {
    return page.address();
  }

  @Override
  public void close() throws Exception {
    Future.join(ops.close(), page.close())
        .toCompletionStage()
        .toCompletableFuture()
        .get(OPEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    subscriptions.close();
    entrance.close();
    gate.close();
    queries.close();
    computations.close();
    blocking.close();
  }
}
