package io.tocsin;

import io.tocsin.alert.AlertView;
import io.tocsin.http.AlertmanagerAlertRoutes;
import io.tocsin.http.AlertmanagerSilenceRoutes;
import io.tocsin.http.AlertmanagerStatusRoutes;
import io.tocsin.http.Blocking;
import io.tocsin.http.CardinalityRoutes;
import io.tocsin.http.FederateRoutes;
import io.tocsin.http.PrometheusAdminRoutes;
import io.tocsin.http.PrometheusQueryRoutes;
import io.tocsin.http.PrometheusRuleRoutes;
import io.tocsin.http.PrometheusSeriesRoutes;
import io.tocsin.http.PrometheusStatusRoutes;
import io.tocsin.http.PrometheusTargetRoutes;
import io.tocsin.http.Routes;
import io.tocsin.promql.SampleRoom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What Prometheus and Alertmanager would answer at these paths. */
record CompatibleMount(Mount mount, Instant started) {

  List<Routes> routes() {
    Server.Parts parts = mount.parts();
    Blocking blocking = mount.blocking();
    InstantSource clock = parts.clock();
    AlertView alerts = parts.engine().alertView();
    var room = SampleRoom.inHeap(Runtime.getRuntime().maxMemory());
    var view = new PrometheusView(mount.reload(), parts.foundation().store(), parts.probes());
    return List.of(
        new PrometheusQueryRoutes(
            parts.foundation().reader(),
            parts.configuration().limits().query(),
            room,
            mount.queries(),
            clock),
        new FederateRoutes(
            parts.foundation().reader(),
            parts.configuration().limits().query(),
            room,
            () -> mount.reload().current().externalLabels(),
            mount.queries(),
            clock),
        new PrometheusSeriesRoutes(
            parts.foundation().reader(), parts.foundation().metadata(), mount.queries(), clock),
        new PrometheusStatusRoutes(
            view.about(started, Mount.QUERIES),
            parts.foundation().store(),
            view::held,
            mount.queries(),
            clock),
        new CardinalityRoutes(
            parts.foundation().store(), parts.foundation().store()::census, mount.queries()),
        new PrometheusAdminRoutes(parts.foundation().deletion(clock), blocking),
        new PrometheusTargetRoutes(view, parts.foundation().metadata()),
        new PrometheusRuleRoutes(
            () -> mount.reload().current().rules(),
            alerts,
            parts.engine().rules()::took,
            parts.engine().rules()::took),
        new AlertmanagerAlertRoutes(
            new AlertmanagerAlertRoutes.Ports(
                alerts,
                parts.engine().posted(),
                parts.engine()::routes,
                parts.engine()::resolveTimeout,
                clock),
            blocking),
        new AlertmanagerSilenceRoutes(mount.silences(), blocking, clock),
        new AlertmanagerStatusRoutes(
            parts.engine()::routes,
            new OperationsDesk(parts)::receiverNames,
            Version.text(),
            started));
  }
}
