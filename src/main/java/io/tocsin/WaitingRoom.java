package io.tocsin;

import io.tocsin.check.CheckDefinitionStore;
import io.tocsin.check.CheckState;
import io.tocsin.http.LeaderOnly;
import io.tocsin.http.Listener;
import io.tocsin.http.Routes;
import io.tocsin.http.WaitingRoutes;
import io.tocsin.postgres.PostgresCheckDefinitions;
import io.tocsin.slo.UptimeLedger;
import io.tocsin.web.Assets;
import io.tocsin.web.PublicRoutes;
import io.tocsin.web.SubscriptionPages;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a node does while another leads: it serves the status page as the database has it, so that
 * visitors do not depend on one machine, and says that it lives. Only readers are let in;
 * subscriptions and everything of the operators is the leader's.
 */
final class WaitingRoom implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);
  private static final int PAGE_LOOPS = 2;

  private final Lifecycle lifecycle = new Lifecycle();
  private final CheckBoard board;
  private final CheckDefinitionStore definitions;
  private final Ports ports;

  /**
   * What it needs.
   *
   * @param ops event loops of the operations listener
   * @param page event loops of the public one
   */
  record Ports(
      Configuration configuration,
      Foundation foundation,
      Stores stores,
      Assets assets,
      Vertx ops,
      Vertx page,
      InstantSource clock) {}

  private WaitingRoom(Ports ports) {
    this.ports = ports;
    this.board = new CheckBoard(new UptimeLedger(ports.stores.uptime()), component -> false);
    this.definitions = new PostgresCheckDefinitions(ports.foundation.database());
  }

  /** Opens both listeners. Blocks; fails where an address is taken. */
  static WaitingRoom open(Ports ports) throws Exception {
    var room = new WaitingRoom(ports);
    try {
      room.begin();
      return room;
    } catch (Exception failed) {
      room.close();
      throw failed;
    }
  }

  private void begin() throws Exception {
    Configuration configuration = ports.configuration;
    var side =
        PublicSide.in(
            ports.foundation, ports.stores, board, ports.assets, configuration.page(), ports.clock);
    look();
    side.readEdits();
    lifecycle.keep("status page of the waiting node", side::site).refresh();
    side.site().start();
    Chores chores = lifecycle.keep("chores of the waiting node", Chores::new);
    chores.every(LOOK, "states of checks", this::look);
    side.reads(chores, ports.clock);
    var entrance =
        lifecycle.keep(
            "door of the waiting node",
            () ->
                Entrance.of(
                    new Entrance.Ports(
                        configuration, ports.foundation.database(), side.site(), ports.clock),
                    ports.page));
    var site = new PublicRoutes(side.site(), ports.assets, entrance.door());
    List<Routes> pages = new ArrayList<>(entrance.routes());
    pages.add(new LeaderOnly(SubscriptionPages.paths()));
    pages.add(site);
    pages.add(new LeaderOnly(List.of("/*")));
    listen(Listener.open(ports.page, configuration.publicPage(), site, pages, PAGE_LOOPS));
    listen(Listener.open(ports.ops, configuration.ops(), List.of(new WaitingRoutes())));
  }

  private void listen(Future<Listener> opening) throws Exception {
    Listener listener = Faces.await(opening);
    lifecycle.onStop(
        "listener of the waiting node",
        () ->
            listener
                .close()
                .toCompletionStage()
                .toCompletableFuture()
                .get(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Takes over what the leader's checks found. */
  private void look() {
    Map<String, CheckState> states =
        ports.stores.states().load().stream()
            .collect(Collectors.toMap(CheckState::check, Function.identity()));
    KnownChecks known = KnownChecks.read(definitions, ports.configuration);
    board.follow(known.checks(), known.paused(), name -> Optional.ofNullable(states.get(name)));
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
