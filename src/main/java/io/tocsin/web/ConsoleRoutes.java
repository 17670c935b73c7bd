package io.tocsin.web;

import io.tocsin.http.Blocking;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.http.Routes;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentStore;
import io.tocsin.runbook.RunbookShelf;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operators' pages on the operations listener. */
public final class ConsoleRoutes implements Routes {

  private static final int LISTED = 100;

  private final ConsolePorts ports;
  private final Assets assets;
  private final ConsolePage page;
  private Optional<RunbookShelf> runbooks = Optional.empty();
  private Optional<AccessPorts> access = Optional.empty();

  public ConsoleRoutes(ConsolePorts ports, Assets assets, Blocking blocking, InstantSource clock) {
    this.ports = ports;
    this.assets = assets;
    this.page = new ConsolePage(ports, assets, blocking, clock);
  }

  /** With the pages of runbooks. */
  public ConsoleRoutes runbooks(RunbookShelf shelf) {
    runbooks = Optional.of(shelf);
    return this;
  }

  /** With people's accounts: the door, and the pages with which access is given. */
  public ConsoleRoutes access(AccessPorts ways) {
    access = Optional.of(ways);
    page.access(ways);
    return this;
  }

  @Override
  public void mount(Router router) {
    assets.mount(router);
    ThemeSwitch.mount(router);
    page.get(router, "/", this::now);
    page.get(
        router,
        "/now",
        request -> page.part("console/live.jte", Map.of("view", NowView.read(ports, page.now()))));
    page.get(router, "/incidents", this::incidents);
    new IncidentPages(ports, page).mount(router);
    new PostmortemPages(ports, page).mount(router);
    runbooks.ifPresent(shelf -> new RunbookPages(shelf, page).mount(router));
    new ExperimentPages(ports.experiments(), page).mount(router);
    new ExplainPages(ports, page).mount(router);
    access.ifPresent(
        ways -> {
          new LoginPages(ways, page).mount(router);
          new SettingsPages(ways, page).mount(router);
        });
    ports.demo().ifPresent(demo -> new DemoPages(demo, page).mount(router));
  }

  private Reply now(Request request) {
    NowView view = NowView.read(ports, page.now());
    return page.page(request, "console/now.jte", view.title(), Map.of("view", view));
  }

  private Reply incidents(Request request) {
    List<Incident> newest =
        ports
            .incidents()
            .search(
                new IncidentStore.Filter(
                    List.of(), List.of(), request.instant("before"), Optional.empty(), LISTED));
    return page.page(
        request,
        "console/incidents.jte",
        "Incidents",
        Map.of("incidents", newest, "full", newest.size() == LISTED, "now", page.now()));
  }
}
