package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Severity;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.notify.Destination;
import io.tocsin.notify.EscalationPolicies;
import io.tocsin.notify.EscalationPolicy;
import io.tocsin.notify.EscalationPolicy.Step;
import io.tocsin.notify.EscalationTrigger;
import io.tocsin.notify.GroupView;
import io.tocsin.notify.Message;
import io.tocsin.notify.Receivers;
import io.tocsin.notify.Transition.Kind;
import io.tocsin.oncall.Layer;
import io.tocsin.oncall.Person;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.Rotation;
import io.tocsin.oncall.Schedule;
import io.tocsin.oncall.Target;
import io.tocsin.oncall.WeekWindow;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EscalationTest {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private final AlertSpec down = rule("Down", Duration.ZERO, Duration.ZERO);

  private static Person person(String name, Person.ContactRule... contacts) {
    return new Person(name, Optional.empty(), List.of(contacts));
  }

  private static Person.ContactRule contact(int minutes, String receiver) {
    return new Person.ContactRule(Duration.ofMinutes(minutes), receiver);
  }

  private static Schedule always(String name, String... people) {
    return schedule(name, List.of(), people);
  }

  private static Schedule schedule(String name, List<WeekWindow> restrictions, String... people) {
    var rotation =
        new Rotation(
            List.of(people), LocalDateTime.parse("2026-01-05T09:00"), Duration.ofDays(7), UTC);
    return new Schedule(
        name,
        UTC,
        List.of(new Layer("all", rotation, restrictions, Optional.empty(), Optional.empty())),
        true);
  }

  private static Roster roster() {
    // One millisecond a week: at the time of these tests nobody is on call there.
    var never =
        List.of(
            new WeekWindow(
                DayOfWeek.TUESDAY,
                LocalTime.of(3, 0),
                DayOfWeek.TUESDAY,
                LocalTime.of(3, 0, 0, 1_000_000)));
    return new Roster(
        Map.of(
            "ana", person("ana", contact(0, "ana-chat"), contact(5, "ana-sms")),
            "ben", person("ben", contact(0, "ben-sms")),
            "eva", person("eva", contact(0, "eva-sms"))),
        Map.of(
            "l1", always("l1", "ana"),
            "l2", always("l2", "ben"),
            "empty", schedule("empty", never, "ana")),
        Map.of("ceo", List.of(new Target.OfPerson("eva"))),
        List.of());
  }

  private static EscalationPolicy policy(int repeat, Step... steps) {
    return new EscalationPolicy(
        "path",
        Set.of(Severity.CRITICAL, Severity.HIGH),
        Set.of(),
        List.of(steps),
        repeat,
        Duration.ofMinutes(10),
        Optional.of(Duration.ofMinutes(30)),
        Optional.of(Duration.ofMinutes(20)));
  }

  private static Step step(int minutes, Target... targets) {
    return new Step(Duration.ofMinutes(minutes), List.of(targets));
  }

  private static Road road(EscalationPolicy... policies) {
    Policies usual = Road.POLICIES;
    var destinations = new HashMap<>(usual.receivers().destinations());
    for (String name : List.of("ana-chat", "ana-sms", "ben-sms", "eva-sms", "legal-mail")) {
      destinations.put(name, List.of(new Destination(name, "webhook", 0)));
    }
    var legal =
        new EscalationTrigger(
            "legal",
            "legal threat",
            List.of(new Target.OfReceiver("legal-mail")),
            Duration.ofHours(1));
    var stuck =
        new EscalationTrigger(
            "stuck", "a responder is stuck", List.of(new Target.OfSchedule("l2")), Duration.ZERO);
    return new Road(
        new Policies(
            usual.severities(),
            usual.publication(),
            usual.routes(),
            new Receivers(destinations),
            new EscalationPolicies(List.of(policies), Map.of("legal", legal, "stuck", stuck)),
            roster()::contacts));
  }

  private void breaks(Road road, String severity, String... more) {
    var labels = new String[4 + more.length];
    System.arraycopy(new String[] {"component", "Database", "severity", severity}, 0, labels, 0, 4);
    System.arraycopy(more, 0, labels, 4, more.length);
    road.take(found(down, road.now(), breach(down, labels)));
  }

  private static List<String> told(Road road, String receiver) {
    return road.sent().stream()
        .filter(message -> message.destination().receiver().equals(receiver))
        .map(message -> message.transition().kind().name())
        .toList();
  }

  @Test
  void whoIsOnCallIsCalledAtOnceAndAgainByTheirContactRules() {
    Road road =
        road(
            policy(
                0,
                step(0, new Target.OfSchedule("l1")),
                step(15, new Target.OfSchedule("l2")),
                step(30, new Target.OfRole("ceo"))));
    breaks(road, "critical");
    assertThat(told(road, "ana-chat")).containsExactly("ESCALATED");
    assertThat(told(road, "ana-sms")).isEmpty();
    GroupView waits =
        road.groups().stream()
            .filter(it -> it.destination().receiver().equals("ana-sms"))
            .findFirst()
            .orElseThrow();
    assertThat(waits.nextAt()).contains(road.now().plus(Duration.ofMinutes(5)));
    assertThat(waits.why()).isEqualTo("ana's contact rule waits 5 min");
    Message page =
        road.sent().stream()
            .filter(message -> message.destination().receiver().equals("ana-chat"))
            .findFirst()
            .orElseThrow();
    assertThat(page.reason()).isEqualTo("escalation step 1 for ana");
    road.pass(Duration.ofMinutes(5));
    assertThat(told(road, "ana-sms")).containsExactly("ESCALATED");
    road.pass(Duration.ofMinutes(10));
    assertThat(told(road, "ben-sms")).containsExactly("ESCALATED");
    road.pass(Duration.ofMinutes(15));
    assertThat(told(road, "eva-sms")).contains("ESCALATED");
    assertThat(road.timeline())
        .contains("Escalated to step 2: nobody acknowledged within 15 min; called ben");
  }

  @Test
  void anAcknowledgementStopsWhatIsStillToRing() {
    Road road =
        road(
            policy(3, step(0, new Target.OfSchedule("l1")), step(15, new Target.OfSchedule("l2"))));
    breaks(road, "high");
    road.ask(road.onlyOpen().id(), new IncidentCommand.Acknowledge(), "ana");
    assertThat(road.groups())
        .filteredOn(group -> group.destination().receiver().equals("ana-sms"))
        .singleElement()
        .satisfies(group -> assertThat(group.nextAt()).isEmpty())
        .satisfies(group -> assertThat(group.why()).isEqualTo("acknowledged before it was called"));
    road.pass(Duration.ofMinutes(19));
    assertThat(told(road, "ana-sms")).isEmpty();
    assertThat(told(road, "ben-sms")).isEmpty();
  }

  @Test
  void anAcknowledgementWithoutASignOfLifeLapsesAndTheEscalationGoesOn() {
    Road road =
        road(policy(0, step(0, new Target.OfSchedule("l1")), step(60, new Target.OfRole("ceo"))));
    breaks(road, "high");
    road.ask(road.onlyOpen().id(), new IncidentCommand.Acknowledge(), "ana");
    road.pass(Duration.ofMinutes(19));
    road.ask(road.onlyOpen().id(), new IncidentCommand.AddNote("looking"), "ana");
    road.pass(Duration.ofMinutes(21));
    assertThat(told(road, "ben-sms")).as("peer assistance after 20 minutes").contains("ESCALATED");
    road.pass(Duration.ofMinutes(31));
    assertThat(road.onlyOpen().acknowledgedAt()).isEmpty();
    assertThat(told(road, "ana-chat")).contains("UNACKNOWLEDGED");
    assertThat(told(road, "ana-sms")).as("what was silenced rings now").contains("ESCALATED");
    road.pass(Duration.ofMinutes(60));
    assertThat(told(road, "eva-sms")).contains("ESCALATED");
  }

  @Test
  void thePathBeginsAnewAsOftenAsThePolicySays() {
    Road road =
        road(policy(1, step(0, new Target.OfSchedule("l2")), step(10, new Target.OfRole("ceo"))));
    breaks(road, "high");
    road.pass(Duration.ofMinutes(50));
    assertThat(told(road, "ben-sms").stream().filter("ESCALATED"::equals)).hasSize(2);
    assertThat(told(road, "eva-sms").stream().filter("ESCALATED"::equals)).hasSize(2);
    assertThat(road.onlyOpen().paging().round()).isEqualTo(1);
  }

  @Test
  void aStepIntoAGapDoesNotCostTime() {
    Road road =
        road(
            policy(0, step(0, new Target.OfSchedule("empty")), step(30, new Target.OfRole("ceo"))));
    breaks(road, "critical");
    road.pass(Duration.ofSeconds(2));
    assertThat(told(road, "eva-sms")).containsExactly("ESCALATED");
    assertThat(road.timeline()).contains("Escalated to step 1: at once; nobody is on call for it");
  }

  @Test
  void anAlertCanNameATriggerAndAPersonCanToo() {
    Road road = road(policy(0, step(60, new Target.OfRole("ceo"))));
    breaks(road, "warning", "escalate", "legal");
    assertThat(told(road, "legal-mail")).containsExactly("ESCALATED");
    assertThat(road.onlyOpen().escalationStep()).isZero();
    road.ask(road.onlyOpen().id(), new IncidentCommand.Summon("legal"), "ana");
    road.pass(Duration.ofSeconds(1));
    assertThat(told(road, "legal-mail")).containsExactly("ESCALATED", "ESCALATED");
  }

  @Test
  void aLaterRingOfAnAcknowledgedIncidentSaysThatHelpIsAskedFor() {
    Road road = road(policy(0, step(60, new Target.OfSchedule("l1"))));
    breaks(road, "high");
    road.ask(road.onlyOpen().id(), new IncidentCommand.Acknowledge(), "ben");
    road.ask(road.onlyOpen().id(), new IncidentCommand.Escalate(), "ben");
    assertThat(told(road, "ana-sms")).as("her contact rule waits").isEmpty();
    road.pass(Duration.ofMinutes(5));
    assertThat(road.sent())
        .filteredOn(message -> message.destination().receiver().equals("ana-sms"))
        .singleElement()
        .satisfies(message -> assertThat(message.text()).endsWith("is bad: help is asked for"));
  }

  @Test
  void whoIsCalledThoughItIsAcknowledgedIsToldWhy() {
    Road road = road(policy(0, step(60, new Target.OfRole("ceo"))));
    breaks(road, "warning");
    road.ask(road.onlyOpen().id(), new IncidentCommand.Acknowledge(), "ana");
    road.clearSent();
    road.ask(road.onlyOpen().id(), new IncidentCommand.Summon("legal"), "ana");
    assertThat(road.sent())
        .filteredOn(message -> message.transition().toString().endsWith("-escalated"))
        .isNotEmpty()
        .allSatisfy(message -> assertThat(message.text()).endsWith("; asked for by ana"));
  }

  @Test
  void aRiseInSeverityBeginsThePathOfTheNewSeverity() {
    var high =
        new EscalationPolicy(
            "high",
            Set.of(Severity.HIGH),
            Set.of(),
            List.of(step(0, new Target.OfSchedule("l1"))),
            0,
            Duration.ZERO,
            Optional.empty(),
            Optional.empty());
    var critical =
        new EscalationPolicy(
            "critical",
            Set.of(Severity.CRITICAL),
            Set.of(),
            List.of(step(0, new Target.OfRole("ceo"))),
            0,
            Duration.ZERO,
            Optional.empty(),
            Optional.empty());
    Road road = road(critical, high);
    breaks(road, "high");
    assertThat(told(road, "eva-sms")).isEmpty();
    road.ask(road.onlyOpen().id(), new IncidentCommand.ChangeSeverity(Severity.CRITICAL), "ana");
    assertThat(told(road, "eva-sms")).containsExactly(Kind.ESCALATED.name());
  }

  @Test
  void aRestartCallsNobodyTwice() {
    Road road =
        road(
            policy(1, step(0, new Target.OfSchedule("l1")), step(15, new Target.OfSchedule("l2"))));
    breaks(road, "critical");
    road.pass(Duration.ofMinutes(6));
    road.clearSent();
    road.restart(Duration.ofSeconds(5));
    road.pass(Duration.ofMinutes(1));
    assertThat(road.sent()).isEmpty();
    road.pass(Duration.ofMinutes(9));
    assertThat(told(road, "ben-sms")).contains("ESCALATED");
  }
}
