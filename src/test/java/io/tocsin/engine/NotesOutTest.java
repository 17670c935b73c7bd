package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.incident.Actor;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.NoteMark;
import io.tocsin.notify.Receivers;
import io.tocsin.notify.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Notes go out to those who keep notes of their own, and never back to where they came from. */
class NotesOutTest {

  private static final Destination NOTES = new Destination("ops", "pagerduty_notes", 0);

  private final AlertSpec down = rule("Down");
  private final Road road = road();

  private static Road road() {
    Policies usual = Road.POLICIES;
    return new Road(
        new Policies(
            usual.severities(),
            usual.publication(),
            usual.routes(),
            new Receivers(
                usual.receivers().destinations(),
                Map.of(new Destination("ops", "pagerduty", 0), NOTES)),
            usual.escalation(),
            usual.onCall()));
  }

  private List<String> notes() {
    return road.sent().stream()
        .filter(message -> message.destination().equals(NOTES))
        .map(Message::text)
        .toList();
  }

  @Test
  void aNoteOfOursIsToldOnceAndANoteOfTheirsIsNot() {
    road.take(found(down, road.now(), breach(down, "component", "Database", "severity", "error")));
    var id = road.onlyOpen().id();
    road.ask(id, new IncidentCommand.AddNote("rebooting"), "Ana");
    road.ask(
        id,
        new IncidentCommand.AddNote("seen"),
        new Actor(Actor.Kind.INTEGRATION, "Bo" + NoteMark.IN_PAGERDUTY));
    road.pass(Duration.ofMinutes(5));
    assertThat(notes()).containsExactly("Ana noted: rebooting");

    road.clearSent();
    road.take(found(down, road.now()));
    assertThat(road.sent())
        .extracting(message -> message.destination().kind() + " " + message.transition().kind())
        .containsExactlyInAnyOrder("pagerduty RESOLVED", "webhook RESOLVED");
  }

  @Test
  void aNotePutsNoRepeatOff() {
    road.take(found(down, road.now(), breach(down, "component", "Database", "severity", "info")));
    road.pass(Duration.ofHours(3).plusMinutes(50));
    road.clearSent();
    road.ask(road.onlyOpen().id(), new IncidentCommand.AddNote("still at it"), "Ana");
    road.pass(Duration.ofMinutes(15));
    assertThat(road.sent())
        .extracting(message -> message.transition().kind())
        .contains(Transition.Kind.NOTE, Transition.Kind.REPEAT);
  }
}
