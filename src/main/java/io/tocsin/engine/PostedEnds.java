package io.tocsin.engine;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertIntake;
import io.tocsin.alert.HeldAlert;
import io.tocsin.alert.PostedAlert;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a person resolves an incident, alerts that only their sender could end are over too: the
 * sender's next event of the same key begins anew, as it does in PagerDuty.
 */
public final class PostedEnds implements IncidentListener {
  private static final Logger log = LoggerFactory.getLogger(PostedEnds.class);

  private final AlertIntake intake;

  public PostedEnds(AlertIntake intake) {
    this.intake = intake;
  }

  @Override
  public void happened(IncidentEvent event, Incident after) {
    boolean byHand =
        event.change() instanceof Change.Resolved && event.actor().kind() != Actor.Kind.SYSTEM;
    if (byHand && after.alerts().stream().anyMatch(PostedEnds::posted)) {
      Thread.ofVirtual().name("posted-ends").start(() -> end(after, event.at()));
    }
  }

  private static boolean posted(Alert alert) {
    return alert.active() && HeldAlert.source(alert.spec().ruleId()).isPresent();
  }

  private void end(Incident incident, Instant at) {
    for (Alert alert : incident.alerts()) {
      Optional<HeldAlert> held = intake.held(alert.key()).filter(it -> it.endsAt().isEmpty());
      try {
        held.ifPresent(it -> intake.post(it.source(), List.of(over(it, at)), Optional.empty()));
      } catch (AlertIntake.Refused away) {
        log.warn("the end of an alert waits for the database: {}", away.getMessage());
      }
    }
  }

  private static PostedAlert over(HeldAlert held, Instant at) {
    return new PostedAlert(
        held.labels(),
        held.annotations(),
        Optional.of(held.startsAt()),
        Optional.of(at),
        held.generatorUrl());
  }
}
