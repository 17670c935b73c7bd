package io.tocsin;

import io.tocsin.alert.AlertView;
import io.tocsin.http.ActionExport;
import io.tocsin.http.AlertRoutes;
import io.tocsin.http.Blocking;
import io.tocsin.http.ButtonRoutes;
import io.tocsin.http.DeliveryRoutes;
import io.tocsin.http.ExplainRoutes;
import io.tocsin.http.FollowUpRoutes;
import io.tocsin.http.GroupRoutes;
import io.tocsin.http.IncidentRoutes;
import io.tocsin.http.MaintenanceRoutes;
import io.tocsin.http.OnCallRoutes;
import io.tocsin.http.PostmortemRoutes;
import io.tocsin.http.ReceiverRoutes;
import io.tocsin.http.ResponseRoutes;
import io.tocsin.http.Routes;
import io.tocsin.http.SilenceRoutes;
import io.tocsin.http.SubscriberRoutes;
import io.tocsin.http.UpdateRoutes;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.postmortem.Postmortem;
import io.tocsin.web.PostmortemDocument;
import java.time.InstantSource;
import java.util.List;

/** Our own API of trouble and of those who respond to it. */
record DeskMount(Mount mount) {

  List<Routes> routes() {
    Server.Parts parts = mount.parts();
    Blocking blocking = mount.blocking();
    InstantSource clock = parts.clock();
    Stores stores = parts.stores();
    var operations = new OperationsDesk(parts);
    AlertView alerts = parts.engine().engine().alerts();
    return List.of(
        new IncidentRoutes(
            stores.incidents(), parts.engine().engine(), stores.changes(), blocking, clock),
        new PostmortemRoutes(
            parts.postmortems().postmortems(),
            parts.postmortems()::evidence,
            this::document,
            blocking,
            clock),
        new AlertRoutes(alerts),
        new SilenceRoutes(mount.silences(), stores.episodes(), alerts, blocking, clock),
        new ResponseRoutes(
            stores.incidents(),
            parts.engine().engine(),
            stores.changes(),
            new Checklists(parts.configuration().runbooks())::of,
            new ResponseRoutes.Economy(
                () -> parts.engine().desk().correlation(), () -> parts.engine().desk().cost()),
            blocking,
            clock),
        new ExplainRoutes(mount.witness(), blocking, clock),
        new GroupRoutes(parts.engine().engine()::groups),
        new DeliveryRoutes(
            stores.outbox(), operations.ledger(), operations::receiverNames, blocking, clock),
        new MaintenanceRoutes(operations.maintenance(), blocking, clock),
        new SubscriberRoutes(Subscriptions.desk(parts), blocking, clock),
        new ReceiverRoutes(operations.receivers().port(), stores.incidents(), blocking, clock),
        new ButtonRoutes(
            parts.configuration().oncall().buttons().slack(),
            parts.configuration().oncall().buttons().telegram(),
            parts.engine().engine(),
            parts.engine().slackReply(parts.configuration().outbound())::tell,
            clock),
        new UpdateRoutes(stores.incidents(), parts.engine().engine(), blocking),
        new FollowUpRoutes(
            parts.postmortems().postmortems(),
            parts.reviews(),
            stores.incidents(),
            parts.postmortems()::evidence,
            exports(parts),
            blocking,
            clock),
        new OnCallRoutes(operations.shifts(), parts.engine()::escalation, blocking, clock),
        operations.calendars(blocking));
  }

  /** Anew each time, as a reload may change the receivers. */
  static ActionExport exports(Server.Parts parts) {
    return new ActionExport(
        new ActionExport.Trackers() {
          @Override
          public List<String> names() {
            return parts.engine().channels().trackers();
          }

          @Override
          public String open(String receiver, String title, String text, IncidentId about) {
            return parts.engine().channels().openIssue(receiver, title, text, about);
          }
        },
        parts.stores().incidents(),
        parts.reviews().store());
  }

  private String document(Postmortem it) {
    Server.Parts parts = mount.parts();
    Incident incident = parts.stores().incidents().find(it.incident()).orElseThrow();
    return PostmortemDocument.html(incident, it, parts.reviews().store().actions(incident.id()));
  }
}
