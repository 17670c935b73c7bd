package io.tocsin;

import io.tocsin.http.AlertmanagerHookRoutes;
import io.tocsin.http.Blocking;
import io.tocsin.http.ChangeRoutes;
import io.tocsin.http.GenericHookRoutes;
import io.tocsin.http.GrafanaHookRoutes;
import io.tocsin.http.HeartbeatRoutes;
import io.tocsin.http.HookDoor;
import io.tocsin.http.InfluxRoutes;
import io.tocsin.http.OtlpRoutes;
import io.tocsin.http.PagerDutyEventRoutes;
import io.tocsin.http.PagerDutyHookRoutes;
import io.tocsin.http.PushRoutes;
import io.tocsin.http.RemoteWriteRoutes;
import io.tocsin.http.Routes;
import io.tocsin.http.SampleIntake;
import io.tocsin.http.SampleRoutes;
import io.tocsin.ingest.IngestLimits;
import java.time.InstantSource;
import java.util.List;

/** What other programs send in: samples in every format, heartbeats, events, hooks and changes. */
record IngestMount(Mount mount) {

  List<Routes> routes() {
    Server.Parts parts = mount.parts();
    Blocking blocking = mount.blocking();
    InstantSource clock = parts.clock();
    Stores stores = parts.stores();
    var intake =
        new SampleIntake(
            parts.journal(),
            parts.foundation().metadata(),
            parts.configuration().otlp(),
            IngestLimits.DEFAULT,
            blocking,
            parts.telemetry(),
            clock);
    var door =
        new HookDoor(
            parts.engine().posted(),
            parts.engine().engine(),
            parts.engine().engine()::incidentOf,
            stores.incidents(),
            stores.hooks(),
            clock);
    return List.of(
        new RemoteWriteRoutes(intake),
        new OtlpRoutes(intake),
        new InfluxRoutes(intake),
        new SampleRoutes(intake),
        new PushRoutes(intake, parts.pushed(), blocking),
        new HeartbeatRoutes(token -> parts.probes().heartbeats().ping(token, clock.instant())),
        new PagerDutyEventRoutes(
            parts.engine()::hooks, door, stores.changes(), Mount::fresh, blocking),
        new PagerDutyHookRoutes(parts.engine()::hooks, door, blocking),
        new GrafanaHookRoutes(parts.engine()::hooks, door, blocking),
        new GenericHookRoutes(parts.engine()::hooks, door, blocking),
        new AlertmanagerHookRoutes(parts.engine().posted(), blocking, clock),
        new ChangeRoutes(stores.changes(), Mount::fresh, blocking, clock));
  }
}
