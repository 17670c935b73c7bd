package io.tocsin;

import io.tocsin.http.Blocking;
import io.tocsin.http.CheckRoutes;
import io.tocsin.http.DriftRoutes;
import io.tocsin.http.ExperimentRoutes;
import io.tocsin.http.FindingRoutes;
import io.tocsin.http.ModelHealthRoutes;
import io.tocsin.http.ModelReportRoutes;
import io.tocsin.http.ModelRoutes;
import io.tocsin.http.ReportRoutes;
import io.tocsin.http.Routes;
import io.tocsin.http.RuleHistoryRoutes;
import io.tocsin.http.RunbookRoutes;
import io.tocsin.postgres.PostgresModelReports;
import io.tocsin.rule.drift.WatchedModels;
import java.time.InstantSource;
import java.util.List;

/** Our own API of what is watched: checks, models, rules, experiments, reports and runbooks. */
record WatchMount(Mount mount) {

  List<Routes> routes() {
    Server.Parts parts = mount.parts();
    Blocking blocking = mount.blocking();
    InstantSource clock = parts.clock();
    Stores stores = parts.stores();
    return List.of(
        new CheckRoutes(parts.roster(), parts.probes()::states, stores.results(), blocking, clock),
        new ReportRoutes(new OperationsDesk(parts).reports(), blocking, clock),
        new ModelRoutes(parts.models(), blocking, clock),
        new ModelReportRoutes(
            parts.models(),
            new PostgresModelReports(parts.foundation().database()),
            ModelReports.in(parts)::makeNow,
            blocking),
        new ModelHealthRoutes(parts.models(), mount.models(), blocking, clock),
        new DriftRoutes(mount.computations()),
        new FindingRoutes(stores.findings(), stores.incidents(), mount::findings, blocking),
        new RunbookRoutes(parts.stores().runbooks(), blocking, clock),
        new RuleHistoryRoutes(
            new RuleHistoryRoutes.Ports(
                parts.foundation().reader(),
                parts.journal(),
                () -> mount.reload().current().rules(),
                parts.engine()::routes,
                () -> mount.reload().current().severities(),
                new WatchedModels(parts.models())),
            mount.computations()),
        new ExperimentRoutes(stores.experiments(), blocking, clock));
  }
}
