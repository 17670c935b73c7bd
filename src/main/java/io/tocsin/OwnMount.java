package io.tocsin;

import io.tocsin.access.AccessPolicy;
import io.tocsin.alert.AlertView;
import io.tocsin.http.Blocking;
import io.tocsin.http.ContractRoutes;
import io.tocsin.http.LifeCycleRoutes;
import io.tocsin.http.MetricsRoutes;
import io.tocsin.http.Routes;
import io.tocsin.http.StatusRoutes;
import io.tocsin.telemetry.Meter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What the service says of itself, and how it is told to read its configuration anew. */
record OwnMount(Mount mount, ServerExtras extras, Instant started) {

  List<Routes> routes() {
    Server.Parts parts = mount.parts();
    Blocking blocking = mount.blocking();
    InstantSource clock = parts.clock();
    Stores stores = parts.stores();
    Reload reload = mount.reload();
    AlertView alerts = parts.engine().engine().alerts();
    parts.telemetry().gauge(Meter.CONFIG_LOADED, () -> reload.refused() ? 0 : 1);
    return List.of(
        new LifeCycleRoutes(parts.health(), reload::run, blocking),
        new MetricsRoutes(parts.telemetry(), blocking),
        new StatusRoutes(
            () ->
                new StatusRoutes.About(
                    Version.text(),
                    parts.foundation().node().name(),
                    parts.foundation().database().home().describe(),
                    access(parts.configuration().access()),
                    extras.demo().isPresent(),
                    started),
            parts.health(),
            stores.incidents(),
            alerts,
            blocking),
        new ContractRoutes());
  }

  private static String access(AccessPolicy policy) {
    return switch (policy) {
      case OPEN -> "open";
      case TOKENS -> "tokens";
      case PEOPLE, PEOPLE_ONLY -> "people";
    };
  }
}
