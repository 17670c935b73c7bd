package io.tocsin.engine;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertIntake;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.HeldAlert;
import io.tocsin.alert.PostedAlert;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a person resolves an incident, alerts that only their sender could end are over too: the
 * sender's next event of the same key begins anew, as it does in PagerDuty.
 */
public final class PostedEnds implements IncidentListener {
  private static final Logger log = LoggerFactory.getLogger(PostedEnds.class);

  /** So long after a person resolved an incident a start still looks whether its alerts ended. */
  private static final Duration LOOK_BACK = Duration.ofDays(7);

  private static final int PAGE = 500;

  private final AlertIntake intake;
  private final Executor elsewhere;

  public PostedEnds(AlertIntake intake) {
    this(intake, work -> Thread.ofVirtual().name("posted-ends").start(work));
  }

  /**
   * @param elsewhere carries out the ending, which blocks
   */
  PostedEnds(AlertIntake intake, Executor elsewhere) {
    this.intake = intake;
    this.elsewhere = elsewhere;
  }

  /**
   * Ends what a person ended before the last stop, but was not stored as ended by then. An alert
   * that its sender told of after the person's word began anew and stays. Blocks.
   *
   * @param held the alerts as they were stored
   */
  void catchUp(List<HeldAlert> held, IncidentStore incidents, Instant now) {
    var lasting = new HashMap<AlertKey, HeldAlert>();
    held.stream()
        .filter(alert -> alert.endsAt().isEmpty())
        .forEach(alert -> lasting.put(alert.key(), alert));
    if (lasting.isEmpty()) {
      return;
    }
    for (Incident incident : resolved(incidents, now)) {
      Instant at = incident.resolvedAt().orElse(now);
      if (incident.alerts().stream().anyMatch(alert -> before(at, alert, lasting))
          && byHand(incidents.events(incident.id()))) {
        end(incident, at, lasting);
      }
    }
  }

  private static List<Incident> resolved(IncidentStore incidents, Instant now) {
    var resolved = new ArrayList<Incident>();
    Optional<Instant> before = Optional.empty();
    List<Incident> page;
    do {
      page =
          incidents.search(
              new IncidentStore.Filter(
                  List.of(Incident.State.RESOLVED),
                  List.of(),
                  before,
                  Optional.of(now.minus(LOOK_BACK)),
                  PAGE));
      resolved.addAll(page);
      before = page.stream().map(Incident::openedAt).reduce((first, last) -> last);
    } while (page.size() == PAGE);
    return resolved;
  }

  /** Whether the alert was on at that time and nobody told of it since. */
  private static boolean before(Instant at, Alert alert, Map<AlertKey, HeldAlert> lasting) {
    HeldAlert held = lasting.get(alert.key());
    return posted(alert) && held != null && !held.updatedAt().isAfter(at);
  }

  private static boolean byHand(List<IncidentEvent> events) {
    return events.stream()
        .filter(event -> event.change() instanceof Change.Resolved)
        .reduce((first, last) -> last)
        .filter(PostedEnds::byHand)
        .isPresent();
  }

  private static boolean byHand(IncidentEvent event) {
    return event.change() instanceof Change.Resolved && event.actor().kind() != Actor.Kind.SYSTEM;
  }

  @Override
  public void happened(IncidentEvent event, Incident after) {
    if (byHand(event) && after.alerts().stream().anyMatch(PostedEnds::posted)) {
      elsewhere.execute(() -> end(after, event.at()));
    }
  }

  private static boolean posted(Alert alert) {
    return alert.active() && HeldAlert.source(alert.spec().ruleId()).isPresent();
  }

  private void end(Incident incident, Instant at) {
    for (Alert alert : incident.alerts()) {
      end(alert.key(), at);
    }
  }

  private void end(Incident incident, Instant at, Map<AlertKey, HeldAlert> lasting) {
    for (Alert alert : incident.alerts()) {
      if (before(at, alert, lasting)) {
        log.info("ends an alert of incident {}, which was resolved by hand", incident.number());
        end(alert.key(), at);
      }
    }
  }

  private void end(AlertKey key, Instant at) {
    Optional<HeldAlert> held = intake.held(key).filter(it -> it.endsAt().isEmpty());
    try {
      held.ifPresent(it -> intake.post(it.source(), List.of(over(it, at)), Optional.empty()));
    } catch (AlertIntake.Refused away) {
      log.warn("the end of an alert waits for the database: {}", away.getMessage());
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
