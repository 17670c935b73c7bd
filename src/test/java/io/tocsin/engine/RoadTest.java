package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertExamples;
import io.tocsin.alert.AlertSpec;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.Timeline;
import io.tocsin.notify.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One piece of trouble along the whole road, with a clock turned by hand. */
class RoadTest {

  private final Road road = new Road();
  private final AlertSpec down =
      AlertExamples.rule("DatabaseDown", Duration.ofMinutes(1), Duration.ZERO);

  @Test
  void troubleIsToldFromItsFirstBreachToItsReturn() {
    // breach: pending, nobody hears
    road.take(found(down, T0, breach(down, "component", "Database", "severity", "critical")));
    assertThat(road.pending()).hasSize(1);
    assertThat(road.sent()).isEmpty();

    // one minute later it fires: an incident, told by two ways
    road.pass(Duration.ofMinutes(1));
    breachNow();
    Incident incident = road.onlyOpen();
    assertThat(incident.title()).isEqualTo("DatabaseDown is bad");
    assertThat(incident.components()).containsExactly("Database");
    assertThat(incident.published()).isTrue();
    assertThat(incident.updates().getFirst().text())
        .isEqualTo("There is a major outage of Database. We are investigating.");
    assertThat(kinds()).containsExactly("ops/pagerduty/0 1-opened", "ops/webhook/0 1-opened");

    // nobody answers: the clock warns, then breaches, and the next ones are told
    road.pass(Duration.ofMinutes(12));
    breachNow();
    assertThat(road.timeline()).anyMatch(line -> line.startsWith("Response is due at"));
    road.pass(Duration.ofMinutes(3));
    breachNow();
    assertThat(road.timeline())
        .anyMatch(line -> line.startsWith("Response missed its target"))
        .anyMatch(line -> line.startsWith("Escalated to step 1"));
    assertThat(kinds()).anyMatch(kind -> kind.matches("level2/email/0 \\d+-escalated"));

    // somebody takes it: no further step
    Answer answer = road.ask(incident.id(), new IncidentCommand.Acknowledge(), "Ana");
    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(kinds()).anyMatch(kind -> kind.matches("ops/pagerduty/0 \\d+-acknowledged"));
    road.pass(Duration.ofMinutes(30));
    breachNow();
    assertThat(road.onlyOpen().escalationStep()).isLessThanOrEqualTo(2);

    // it heals: the end is told at once, to everybody who was told of it
    road.clearSent();
    road.take(found(down, road.now()));
    assertThat(road.open()).isEmpty();
    assertThat(kinds()).hasSize(3).allMatch(kind -> kind.endsWith("-resolved"));

    // it comes back within ten minutes: the same incident, and nobody has it
    road.pass(Duration.ofMinutes(3));
    road.clearSent();
    breachNow();
    road.pass(Duration.ofMinutes(1));
    breachNow();
    assertThat(road.onlyOpen().id()).isEqualTo(incident.id());
    assertThat(road.onlyOpen().acknowledgedAt()).isEmpty();
    assertThat(kinds()).contains("ops/pagerduty/0 " + reopening() + "-reopened-1");

    // from now on it must stay quiet for a minute before it is over
    road.take(found(down, road.now()));
    assertThat(road.open()).hasSize(1);
    road.pass(Duration.ofSeconds(59));
    assertThat(road.open()).hasSize(1);
    road.pass(Duration.ofSeconds(1));
    assertThat(road.open()).isEmpty();
  }

  @Test
  void howLongNobodyAcknowledgedIsCountedAnewWhenTroubleComesBack() {
    breachNow();
    road.pass(Duration.ofMinutes(1));
    breachNow();
    road.ask(road.onlyOpen().id(), new IncidentCommand.Acknowledge(), "Ana");
    road.pass(Duration.ofMinutes(40));
    road.take(found(down, road.now()));
    road.pass(Duration.ofMinutes(3));
    breachNow();
    road.pass(Duration.ofMinutes(1));
    breachNow();
    road.clearSent();
    road.pass(Duration.ofMinutes(15));
    breachNow();
    assertThat(road.sent())
        .filteredOn(message -> message.transition().toString().endsWith("-escalated"))
        .isNotEmpty()
        .allSatisfy(
            message -> assertThat(message.text()).endsWith(": not acknowledged for 15 min"));
  }

  private long reopening() {
    return road.events().stream()
        .filter(event -> Timeline.describe(event).startsWith("Came back"))
        .findFirst()
        .orElseThrow()
        .seq();
  }

  private void breachNow() {
    road.take(
        found(down, road.now(), breach(down, "component", "Database", "severity", "critical")));
  }

  private List<String> kinds() {
    return road.sent().stream().map(RoadTest::told).toList();
  }

  private static String told(Message message) {
    return message.destination() + " " + message.transition();
  }
}
