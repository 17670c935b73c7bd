package io.tocsin;

import io.tocsin.http.ListenAddress;
import io.tocsin.label.Labels;
import io.tocsin.postgres.PostgresModelReports;
import io.tocsin.postgres.PostgresSavedViews;
import io.tocsin.postgres.PostgresUnsavedTexts;
import io.tocsin.rule.Replay;
import io.tocsin.rule.ReplayReport;
import io.tocsin.rule.RuleGroup;
import io.tocsin.rule.Site;
import io.tocsin.rule.drift.WatchedModels;
import io.tocsin.web.ActionPages;
import io.tocsin.web.Assets;
import io.tocsin.web.ConsolePorts;
import io.tocsin.web.ConsoleRoutes;
import io.tocsin.web.DeskPorts;
import io.tocsin.web.ModelPorts;
import io.tocsin.web.Workbench;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The pages that people see on the operations listener. */
record ConsoleMount(Mount mount, ServerExtras extras, Assets assets) {

  ActionPages actions() {
    return new ActionPages(
        mount.parts().actions(),
        mount.parts().stores().incidents(),
        mount.parts().engine().engine(),
        assets,
        mount.blocking(),
        mount.parts().clock());
  }

  ConsoleRoutes console(ListenAddress page) {
    return new ConsoleRoutes(
            new ConsolePorts(
                mount.parts().engine().alertView(),
                mount.parts().stores().incidents(),
                mount.parts().engine().engine(),
                mount.parts().stores().outbox(),
                mount.parts().stores().maintenances(),
                mount.parts().stores().experiments(),
                mount.parts().board().rows(),
                mount.parts().postmortems().postmortems(),
                mount.parts().postmortems()::evidence,
                mount::findings,
                models(),
                mount.witness(),
                new DeskPorts(
                    mount.parts().stores().changes(),
                    () -> mount.parts().engine().desk().correlation(),
                    () -> mount.parts().engine().desk().cost(),
                    mount.parts().reviews(),
                    () -> mount.reload().current().severities().pausable(),
                    DeskMount.exports(mount.parts())),
                extras.demo(),
                Subscriptions.desk(mount.parts()),
                Optional.of(mount.parts().configuration().page().spec().url().orElse(page.url())),
                workbench()),
            assets,
            mount.blocking(),
            mount.parts().clock())
        .access(mount.gate().pages())
        .house(new OwnPages(mount).ports())
        .operations(new OperationsDesk(mount.parts()).ports(mount.blocking()));
  }

  private ModelPorts models() {
    Server.Parts parts = mount.parts();
    var store = new PostgresModelReports(parts.foundation().database());
    var reports = ModelReports.in(parts);
    return new ModelPorts(
        parts.models(),
        mount.models(),
        store,
        reports::today,
        new WatchedModels(parts.models()),
        parts.configuration().grafana());
  }

  private Workbench workbench() {
    var graphs =
        new AlertGraphs(
            mount.parts().foundation().reader(), () -> mount.reload().current().rules());
    Stores stores = mount.parts().stores();
    return new Workbench(
        environment(),
        mount.parts().engine().engine()::openIncidents,
        mount.parts().engine().roster(),
        () -> mount.reload().current().rules(),
        mount.parts().engine().rules()::took,
        this::past,
        mount.silences(),
        stores.episodes(),
        mount.parts().roster(),
        mount.parts().board()::latency,
        stores.results(),
        stores.uptime(),
        mount.parts().foundation().reader(),
        mount.queries(),
        mount.computations(),
        graphs::of,
        stores.changes(),
        new Checklists(mount.parts().configuration().runbooks())::of,
        stores.runbooks(),
        new PostgresUnsavedTexts(mount.parts().foundation().database()),
        new PostgresSavedViews(mount.parts().foundation().database()));
  }

  /** The external label that names it, else the node. */
  private String environment() {
    Labels labels = mount.parts().configuration().externalLabels();
    return Stream.of("environment", "env", "cluster")
        .filter(labels::has)
        .map(labels::get)
        .findFirst()
        .orElse(extras.demo().isPresent() ? "demo" : mount.parts().configuration().node());
  }

  private ReplayReport past(
      List<RuleGroup> groups, Instant from, Instant to, BooleanSupplier stop) {
    return new Replay(
            mount.parts().foundation().reader(),
            mount.parts().configuration().limits().query().withStop(stop),
            mount.parts().engine().routes(),
            mount.reload().current().severities(),
            Site.NONE,
            new WatchedModels(mount.parts().models()))
        .run(groups, from, to);
  }
}
