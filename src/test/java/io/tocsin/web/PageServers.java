package io.tocsin.web;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.LoginSession;
import io.tocsin.access.MemoryAccountStore;
import io.tocsin.access.MemorySessionStore;
import io.tocsin.access.MemoryTokenStore;
import io.tocsin.access.SignedText;
import io.tocsin.channel.ActionLinks;
import io.tocsin.http.Authentication;
import io.tocsin.http.Blocking;
import io.tocsin.http.ClientAddress;
import io.tocsin.http.ListenAddress;
import io.tocsin.http.Listener;
import io.tocsin.http.Sessions;
import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.PageSource;
import io.tocsin.statuspage.PageSpec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Real listeners on loopback over made-up state. */
final class PageServers implements AutoCloseable {

  /** What signs the links in messages. */
  static final ActionLinks LINKS =
      new ActionLinks(URI.create("http://console.test"), new SignedText(new byte[32]));

  private final Vertx vertx = Vertx.vertx();
  private final Assets assets = new Assets();
  private final Blocking blocking = new Blocking(100);

  /** Opens a public listener; answers its address. */
  String openPublic(int port, PageSource source, InstantSource clock) {
    return openPublic(port, site(source, clock));
  }

  StatusSite site(PageSource source, InstantSource clock) {
    return site(Fabricated.spec(), source, clock, Optional.empty());
  }

  /** A site that is also written to a folder. */
  StatusSite site(PageSpec spec, PageSource source, InstantSource clock, Optional<Path> folder) {
    return site(spec, source, clock, new StatusSite.Reach(false, folder));
  }

  StatusSite site(PageSpec spec, PageSource source, InstantSource clock, StatusSite.Reach reach) {
    var site = new StatusSite(spec, source, clock, assets, reach);
    site.refresh();
    return site;
  }

  String openPublic(int port, StatusSite site) {
    return openPublic(port, site, PageDoor.OPEN);
  }

  String openPublic(int port, StatusSite site, PageDoor door) {
    var routes = new PublicRoutes(site, assets, door);
    return address(
        Listener.open(vertx, new ListenAddress("127.0.0.1", port), routes, List.of(routes), 2));
  }

  /** Opens an operations listener; answers its address. */
  String openConsole(int port, FabricatedDesk desk, InstantSource clock, AccessPolicy policy) {
    var sessions =
        new Sessions(
            new MemorySessionStore(),
            new MemoryAccountStore(),
            LoginSession.Life.USUAL,
            false,
            ClientAddress.DIRECT);
    var authentication =
        new Authentication(policy, new MemoryTokenStore(), sessions, blocking, clock);
    return address(
        Listener.guarded(
            vertx,
            new ListenAddress("127.0.0.1", port),
            List.of(),
            authentication,
            List.of(
                new ActionPages(LINKS, desk, desk, assets, blocking, clock),
                new ConsoleRoutes(desk.ports(), assets, blocking, clock)
                    .house(FabricatedHouse.ports())
                    .operations(FabricatedOperations.of(desk)))));
  }

  private static String address(Future<Listener> opening) {
    return "http://" + await(opening).address();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    blocking.close();
    await(vertx.close());
  }
}
