package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Change;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentFold;
import io.tocsin.incident.Phase;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.notify.Destination;
import io.tocsin.notify.EscalationPolicies;
import io.tocsin.notify.EscalationPolicy;
import io.tocsin.notify.Message;
import io.tocsin.notify.Receivers;
import io.tocsin.notify.Transition.Kind;
import io.tocsin.oncall.Contact;
import io.tocsin.oncall.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clocks that pause where it is allowed, breaches that page, and overdue updates reminded of. */
class ClockPauseTest {

  private static final Set<Clock> ALL = Set.of(Clock.values());

  private final AlertSpec down = rule("Down");

  private static SeverityPolicy policy(Set<Clock> pausable) {
    SeverityPolicy owners = SeverityPolicy.OWNERS;
    return new SeverityPolicy(
        owners.targets(), owners.warnAt(), Optional.empty(), pausable, owners.remindEvery());
  }

  private static Road road(Set<Clock> pausable, EscalationPolicies escalation) {
    Policies usual = Road.POLICIES;
    var destinations = new HashMap<>(usual.receivers().destinations());
    destinations.put("ana-sms", List.of(new Destination("ana-sms", "webhook", 0)));
    return new Road(
        new Policies(
            policy(pausable),
            usual.publication(),
            usual.routes(),
            new Receivers(destinations),
            escalation,
            (targets, at) -> targets.stream().map(ClockPauseTest::contact).toList()));
  }

  private static Contact contact(Target target) {
    return target instanceof Target.OfPerson person
        ? new Contact(person.name(), person.name() + "-sms", Duration.ZERO)
        : new Contact("", ((Target.OfReceiver) target).name(), Duration.ZERO);
  }

  private Road broken(Set<Clock> pausable) {
    Road road = road(pausable, EscalationPolicies.of(List.of()));
    road.take(
        found(down, road.now(), breach(down, "component", "Database", "severity", "critical")));
    return road;
  }

  private static Answer ask(Road road, IncidentCommand command) {
    return road.ask(road.onlyOpen().id(), command, "ana");
  }

  private static ClockState clock(Road road, Clock kind) {
    return road.onlyOpen().clock(kind).orElseThrow();
  }

  private static IncidentCommand pause(Clock... clocks) {
    return new IncidentCommand.PauseClocks(Set.of(clocks), "waits for the vendor");
  }

  private static List<Clock> missed(Road road) {
    return road.events().stream()
        .filter(event -> event.change() instanceof Change.ClockBreached)
        .map(event -> ((Change.ClockBreached) event.change()).clock())
        .toList();
  }

  @Test
  void noClockPausesUnlessTheConfigurationSaysSo() {
    Road road = broken(Set.of());
    assertThat(ask(road, pause())).isInstanceOf(Answer.Conflict.class);
    Road some = broken(Set.of(Clock.RESOLUTION));
    assertThat(ask(some, pause(Clock.RESPONSE))).isInstanceOf(Answer.Conflict.class);
    assertThat(ask(some, pause())).isInstanceOf(Answer.Done.class);
    assertThat(ask(some, new IncidentCommand.PauseClocks(Set.of(), " ")))
        .isInstanceOf(Answer.Invalid.class);
    assertThat(clock(some, Clock.RESOLUTION).pausedAt()).isPresent();
    assertThat(clock(some, Clock.RESPONSE).pausedAt()).isEmpty();
  }

  @Test
  void aPausedClockNeitherWarnsNorBreachesAndItsDeadlineMovesByThePauseAsTheLogProves() {
    Road road = broken(ALL);
    Instant opened = road.onlyOpen().openedAt();
    road.pass(Duration.ofMinutes(5));
    ask(road, pause(Clock.RESPONSE));
    road.pass(Duration.ofHours(2));
    assertThat(missed(road)).doesNotContain(Clock.RESPONSE).contains(Clock.PUBLIC_UPDATE);
    assertThat(clock(road, Clock.RESPONSE).left(road.now())).isEqualTo(Duration.ofMinutes(10));
    ask(road, new IncidentCommand.ResumeClocks());
    assertThat(clock(road, Clock.RESPONSE).deadline())
        .isEqualTo(opened.plus(Duration.ofMinutes(135)));
    assertThat(clock(road, Clock.RESPONSE).used(road.now())).isEqualTo(1.0 / 3);
    road.pass(Duration.ofMinutes(9));
    assertThat(missed(road)).doesNotContain(Clock.RESPONSE);
    road.pass(Duration.ofMinutes(1));
    assertThat(missed(road)).contains(Clock.RESPONSE);
    assertThat(ask(road, new IncidentCommand.ResumeClocks())).isInstanceOf(Answer.Conflict.class);
    assertThat(road.timeline())
        .contains(
            "ana paused response, because waits for the vendor",
            "ana let the paused clocks run again");
    Incident folded = new IncidentFold(policy(Set.of())).fold(road.events());
    assertThat(folded.clocks()).isEqualTo(road.onlyOpen().clocks());
  }

  @Test
  void whatIsMetOrRegradedInAPauseCountsThePause() {
    Road road = broken(ALL);
    Instant opened = road.onlyOpen().openedAt();
    ask(road, pause());
    road.pass(Duration.ofHours(1));
    ask(road, new IncidentCommand.Acknowledge());
    assertThat(clock(road, Clock.RESPONSE).metAt()).contains(road.now());
    assertThat(clock(road, Clock.RESPONSE).deadline())
        .isEqualTo(opened.plus(Duration.ofMinutes(75)));
    ask(road, new IncidentCommand.ChangeSeverity(Severity.MEDIUM));
    ask(road, new IncidentCommand.ResumeClocks());
    assertThat(clock(road, Clock.RESOLUTION).deadline())
        .isEqualTo(opened.plus(Duration.ofHours(25)));
    assertThat(missed(road)).isEmpty();
  }

  @Test
  void aMissedTargetOfAnyClockPagesTheNextStep() {
    Road road = road(Set.of(), Road.POLICIES.escalation());
    road.take(found(down, road.now(), breach(down, "component", "Database", "severity", "medium")));
    road.pass(Duration.ofMinutes(239));
    assertThat(road.onlyOpen().escalationStep()).isZero();
    road.pass(Duration.ofMinutes(1));
    assertThat(missed(road)).containsExactly(Clock.RESPONSE);
    assertThat(road.onlyOpen().escalationStep()).isEqualTo(1);
    assertThat(road.sent()).anyMatch(m -> m.destination().receiver().equals("level2"));
  }

  @Test
  void anOverdueUpdateIsRemindedOfUntilItIsPostedEachOnceAlsoAfterARestart() {
    Road road = broken(Set.of());
    ask(road, new IncidentCommand.Acknowledge());
    ask(road, new IncidentCommand.TakeRole("communications", "ana"));
    road.pass(Duration.ofMinutes(29));
    assertThat(to(road, "ana-sms")).isEmpty();
    road.pass(Duration.ofMinutes(2));
    road.restart(Duration.ofSeconds(3));
    road.pass(Duration.ofMinutes(12));
    assertThat(to(road, "ana-sms")).hasSize(1);
    assertThat(to(road, "ana-sms").getFirst().text()).contains("Public update is overdue since");
    road.pass(Duration.ofMinutes(5));
    assertThat(to(road, "ana-sms")).hasSize(2);
    assertThat(to(road, "ana-sms").stream().map(m -> m.transition().toString()).distinct())
        .hasSize(2);
    ask(road, new IncidentCommand.PostUpdate(Phase.IDENTIFIED, true, "Found it."));
    road.clearSent();
    road.pass(Duration.ofMinutes(44));
    assertThat(reminders(road.sent())).isEmpty();
  }

  @Test
  void whereNobodyHasTheRoleTheReceiversOfTheRouteAreReminded() {
    Road road = broken(Set.of());
    road.pass(Duration.ofMinutes(31));
    assertThat(reminders(road.sent()))
        .extracting(m -> m.destination().toString(), m -> m.transition().kind())
        .hasSize(2)
        .allMatch(it -> it.toList().getLast() == Kind.CLOCK);
  }

  @Test
  void whoeverWasOnlyCalledByTheEscalationIsNotRemindedOfAnUpdate() {
    Road road =
        road(
            Set.of(),
            EscalationPolicies.of(
                List.of(EscalationPolicy.Step.receiver(Duration.ofMinutes(15), "level2"))));
    road.take(
        found(down, road.now(), breach(down, "component", "Database", "severity", "critical")));
    road.pass(Duration.ofMinutes(46));
    assertThat(to(road, "level2")).isNotEmpty();
    assertThat(reminders(road.sent()))
        .isNotEmpty()
        .allMatch(m -> m.destination().receiver().equals("ops"));
  }

  private static List<Message> to(Road road, String receiver) {
    return road.sent().stream()
        .filter(m -> m.destination().receiver().equals(receiver))
        .filter(m -> m.transition().kind() == Kind.ESCALATED)
        .toList();
  }

  private static List<Message> reminders(List<Message> sent) {
    return sent.stream().filter(m -> m.text().contains("is overdue since")).toList();
  }
}
