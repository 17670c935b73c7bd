package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.http.Blocking;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.http.Routes;
import io.tocsin.incident.Incident;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operators' pages on the operations listener. A new page is a file and a line here. */
public final class ConsoleRoutes implements Routes {

  private final ConsolePorts ports;
  private final Assets assets;
  private final ConsolePage page;
  private final LiveStreams streams;
  private Optional<AccessPorts> access = Optional.empty();
  private Optional<HousePorts> house = Optional.empty();
  private Optional<OperationsPorts> operations = Optional.empty();

  public ConsoleRoutes(ConsolePorts ports, Assets assets, Blocking blocking, InstantSource clock) {
    this.ports = ports;
    this.assets = assets;
    String run = Long.toHexString(clock.instant().toEpochMilli());
    var feed = new LiveFeed(run, this::stamps);
    this.streams = new LiveStreams(feed, blocking);
    this.page = new ConsolePage(ports, assets, blocking, clock, rail(ports), feed);
  }

  /** What the rail leads to, in its order: the first four are a thumb's. */
  private static List<RailEntry> rail(ConsolePorts ports) {
    var rail = new ArrayList<RailEntry>();
    rail.add(new RailEntry("now", "/", "Now", "n"));
    rail.add(new RailEntry("incidents", "/incidents", "Incidents", "i"));
    rail.add(new RailEntry("alerts", "/alerts", "Alerts", "a"));
    rail.add(new RailEntry("checks", "/checks", "Checks", "c"));
    rail.add(new RailEntry("models", "/models", "Models", "m"));
    rail.add(new RailEntry("explore", "/explore", "Explore", "e"));
    rail.add(new RailEntry("rules", "/rules", "Rules", "r"));
    rail.add(new RailEntry("silences", "/silences", "Silences", "s"));
    rail.add(new RailEntry("subscribers", "/subscribers", "Subscribers", "u"));
    rail.add(new RailEntry("runbooks", "/runbooks", "Runbooks", "b"));
    rail.add(new RailEntry("postmortems", "/postmortems", "Post-mortems", "p"));
    rail.add(new RailEntry("reports", "/reports", "Reports", "t"));
    rail.add(new RailEntry("experiments", "/experiments", "Experiments", "x"));
    if (ports.demo().isPresent()) {
      rail.add(new RailEntry("demo", "/demo", "Demo", ""));
    }
    return rail;
  }

  /** With people's accounts: the door, and the pages with which access is given. */
  public ConsoleRoutes access(AccessPorts ways) {
    access = Optional.of(ways);
    page.access(ways);
    return this;
  }

  /** With the pages about Tocsin itself. */
  public ConsoleRoutes house(HousePorts own) {
    house = Optional.of(own);
    return this;
  }

  /** With the pages of duty, planned work and receivers. */
  public ConsoleRoutes operations(OperationsPorts desks) {
    operations = Optional.of(desks);
    page.leadTo(
        List.of(
            new RailEntry("oncall", "/oncall", "On call", "o"),
            new RailEntry("maintenance", "/maintenance", "Maintenance", "w"),
            new RailEntry("receivers", "/receivers", "Receivers", "v"),
            new RailEntry("heartbeats", "/heartbeats", "Heartbeats", "h")));
    return this;
  }

  @Override
  public void mount(Router router) {
    assets.mount(router);
    ThemeSwitch.mount(router);
    streams.mount(router);
    page.get(router, "/", this::now);
    page.get(
        router,
        "/now",
        request ->
            page.part(
                "console/live.jte", Map.of("view", NowView.read(ports, request, page.now()))));
    new SearchPages(ports, page).mount(router);
    new IncidentList(ports, page).mount(router);
    new IncidentPages(ports, page).mount(router);
    new PostmortemPages(ports, page).mount(router);
    new AlertPages(ports, page).mount(router);
    new RulePages(ports, page).mount(router);
    new SilencePages(ports, page).mount(router);
    new CheckPages(ports, page).mount(router);
    new ModelPages(ports, page).mount(router);
    new ExplorePages(ports, page).mount(router);
    new RunbookPages(ports.work().runbooks(), page).mount(router);
    new ExperimentPages(ports.experiments(), page).mount(router);
    new SubscriberListPages(ports.subscribers(), page).mount(router);
    new ExplainPages(ports, page).mount(router);
    new ReportPages(ports, page).mount(router);
    house.ifPresent(it -> new HousePages(it, page).mount(router));
    access.ifPresent(
        ways -> {
          new LoginPages(ways, page).mount(router);
          new SettingsPages(ways, page).mount(router);
        });
    operations.ifPresent(
        desks -> {
          new OnCallPages(desks, page).mount(router);
          new MaintenancePages(ports, desks.planned(), page).mount(router);
          new ReceiverPages(ports, desks.receivers(), desks.ledger(), page).mount(router);
          new DeadLetterPages(ports, desks.ledger(), page).mount(router);
          new HeartbeatPages(desks.heartbeats(), page).mount(router);
          new PageEditorPages(desks.editor(), page).mount(router);
        });
    ports.demo().ifPresent(demo -> new DemoPages(demo, page).mount(router));
  }

  private Reply now(Request request) {
    NowView view = NowView.read(ports, request, page.now());
    return page.page(request, "console/now.jte", view.title(), Map.of("view", view));
  }

  /** A number for each topic of the live feed, from memory alone. */
  private Map<String, Long> stamps() {
    var stamps = new HashMap<String, Long>();
    long incidents = 0;
    for (Incident incident : ports.work().open().get()) {
      stamps.put("incident-" + incident.id(), incident.lastSeq());
      incidents = incidents * 31 + incident.id().hashCode() + incident.lastSeq();
    }
    stamps.put("incidents", incidents);
    long alerts = 0;
    for (MarkedAlert marked : ports.alerts().firing()) {
      alerts = alerts * 31 + marked.alert().labels().hashCode() + marked.mutes().size();
    }
    for (Alert alert : ports.alerts().pending()) {
      alerts = alerts * 37 + alert.labels().hashCode();
    }
    stamps.put("alerts", alerts);
    long checks = 0;
    for (CheckRow check : ports.checks().get()) {
      checks = checks * 31 + NowView.rank(check.state()) * 2L + (check.paused() ? 1 : 0);
    }
    stamps.put("checks", checks);
    stamps.put("models", ports.models().health().stamp());
    return stamps;
  }
}
