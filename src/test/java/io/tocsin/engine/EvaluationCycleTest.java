package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.AlertView.RuleHealth;
import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Mute;
import io.tocsin.alert.NoData;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentId;
import io.tocsin.label.Matcher;
import io.tocsin.notify.GroupBy;
import io.tocsin.notify.GroupView;
import io.tocsin.notify.Hours;
import io.tocsin.notify.Message;
import io.tocsin.notify.RouteSpec;
import io.tocsin.notify.Transition;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.NamedIntervals;
import io.tocsin.silence.Silence;
import io.tocsin.silence.Silences;
import io.tocsin.silence.TimeInterval;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bends of the road, one by one. */
class EvaluationCycleTest {
  private final Road road = new Road();
  private final AlertSpec down = rule("Down");

  private Breach database(String severity) {
    return breach(down, "component", "Database", "severity", severity);
  }

  private void breachNow(String severity) {
    road.take(found(down, road.now(), database(severity)));
  }

  private void heal() {
    road.take(found(down, road.now()));
  }

  private Silences silence() {
    return new Silences(
        List.of(
            new Silence(
                    "s1",
                    List.of(Matcher.equal("component", "Database")),
                    T0,
                    T0.plusSeconds(3_600),
                    "Ana",
                    "known")
                .approved(new Silence.Approval("Bo", T0))),
        List.of(),
        List.of());
  }

  private List<String> kinds() {
    return road.sent().stream()
        .filter(m -> m.destination().kind().equals("webhook"))
        .map(m -> m.transition().kind().name())
        .toList();
  }

  @Test
  void aMutedAlertOpensNothingUntilItIsHeard() {
    road.silence(silence());
    breachNow("critical");
    assertThat(road.firing().getFirst().audible()).isFalse();
    assertThat(road.open()).isEmpty();
    road.silence(Silences.NONE);
    assertThat(road.open()).hasSize(1);
  }

  @Test
  void mutedIsNotResolved() {
    breachNow("critical");
    road.silence(silence());
    assertThat(road.open()).hasSize(1);
    assertThat(kinds()).containsExactly("OPENED");
    heal();
    assertThat(road.open()).isEmpty();
    assertThat(kinds()).containsExactly("OPENED", "RESOLVED");
  }

  @Test
  void anIncidentWhoseAlertsAreAllMutedDoesNotEscalateButItsClocksRun() {
    breachNow("critical");
    road.silence(silence());
    road.pass(Duration.ofMinutes(20));
    assertThat(road.onlyOpen().escalationStep()).isZero();
    assertThat(road.timeline()).anyMatch(line -> line.startsWith("Response missed"));
    assertThat(kinds()).containsExactly("OPENED");
  }

  @Test
  void maintenanceOfAComponentMutesItsAlerts() {
    var work =
        new Maintenance("m1", "Upgrade", "", List.of("Database"), T0, T0.plusSeconds(600), "Ana");
    road.silence(new Silences(List.of(), List.of(work), List.of()));
    breachNow("critical");
    assertThat(road.open()).isEmpty();
    road.pass(Duration.ofMinutes(10));
    assertThat(road.open()).hasSize(1);
  }

  @Test
  void aRuleThatFailedKeepsItsAlertsAndShowsItsHealth() {
    breachNow("critical");
    road.take(
        new Evaluation(
            down,
            road.now(),
            new Evaluation.Scope.Whole(),
            new Evaluation.Outcome.Unknown("query timed out")));
    assertThat(road.open()).hasSize(1);
    RuleHealth health = road.state().alerts().health().get(down.ruleId());
    assertThat(health.state()).isEqualTo(RuleHealth.State.ERR);
    assertThat(health.detail()).isEqualTo("query timed out");
  }

  @Test
  void anEmptyWorldMeansWhatTheRuleSays() {
    for (NoData noData : NoData.values()) {
      var other = new Road();
      AlertSpec rule = rule("Down", Duration.ZERO, Duration.ZERO, noData);
      other.take(found(rule, T0, breach(rule, "component", "Database")));
      other.take(
          new Evaluation(
              rule,
              T0.plusSeconds(60),
              new Evaluation.Scope.Whole(),
              new Evaluation.Outcome.Empty()));
      boolean resolves = noData == NoData.PROMETHEUS || noData == NoData.RESOLVE;
      assertThat(other.open().stream().anyMatch(i -> i.components().contains("Database")))
          .as("%s", noData)
          .isEqualTo(!resolves);
      assertThat(other.firing()).hasSize(noData == NoData.ALERT ? 2 : resolves ? 0 : 1);
    }
  }

  @Test
  void escalationClimbsWithTimeAloneAndStopsAtTheAcknowledgement() {
    breachNow("high");
    road.pass(Duration.ofMinutes(15));
    assertThat(road.onlyOpen().escalationStep()).isEqualTo(1);
    road.ask(road.onlyOpen().id(), new IncidentCommand.Acknowledge(), "Ana");
    road.pass(Duration.ofMinutes(40));
    assertThat(road.onlyOpen().escalationStep()).isEqualTo(1);
  }

  @Test
  void mediumTroubleDoesNotClimb() {
    breachNow("warning");
    road.pass(Duration.ofMinutes(50));
    assertThat(road.onlyOpen().escalationStep()).isZero();
  }

  @Test
  void aRestartLosesNothing() {
    AlertSpec slow = rule("Slow", Duration.ofMinutes(10), Duration.ZERO);
    breachNow("critical");
    road.take(found(slow, road.now(), breach(slow, "component", "Web app")));
    Incident before = road.onlyOpen();
    road.clearSent();

    road.restart(Duration.ofSeconds(5));
    assertThat(road.onlyOpen()).isEqualTo(before);
    assertThat(road.pending()).hasSize(1);
    road.pass(Duration.ofSeconds(30));
    assertThat(road.sent()).isEmpty();
    heal();
    assertThat(kinds()).containsExactly("RESOLVED");
  }

  @Test
  void afterARestartTheSameTroubleStillReopensTheSameIncident() {
    breachNow("critical");
    IncidentId id = road.onlyOpen().id();
    heal();
    road.restart(Duration.ofMinutes(3));
    breachNow("critical");
    assertThat(road.onlyOpen().id()).isEqualTo(id);
    assertThat(kinds()).containsExactly("OPENED", "RESOLVED", "REOPENED");
  }

  @Test
  void troubleAfterTheFlappingWindowIsANewIncident() {
    breachNow("critical");
    IncidentId id = road.onlyOpen().id();
    heal();
    road.pass(Duration.ofMinutes(10));
    breachNow("critical");
    assertThat(road.onlyOpen().id()).isNotEqualTo(id);
    assertThat(road.onlyOpen().number()).isEqualTo(2);
  }

  @Test
  void theQuietThatIsNeededDoublesWithEachReturn() {
    for (int quietSeconds : new int[] {0, 60, 120, 240, 480, 600, 600}) {
      breachNow("critical");
      heal();
      road.pass(Duration.ofSeconds(Math.max(quietSeconds - 1, 0)));
      assertThat(road.open()).hasSize(quietSeconds == 0 ? 0 : 1);
      road.pass(Duration.ofSeconds(1));
      assertThat(road.open()).as("after %d s", quietSeconds).isEmpty();
    }
  }

  @Test
  void whatAPersonResolvedStaysResolvedUntilItIsNewTrouble() {
    breachNow("critical");
    IncidentId id = road.onlyOpen().id();
    Answer answer = road.ask(id, new IncidentCommand.Resolve("false alarm"), "Ana");
    assertThat(answer).isInstanceOf(Answer.Done.class);
    road.pass(Duration.ofMinutes(20));
    breachNow("critical");
    assertThat(road.open()).isEmpty();
    heal();
    breachNow("critical");
    assertThat(road.open()).hasSize(1);
  }

  @Test
  void mergedTroubleGoesOnInTheOtherIncident() {
    AlertSpec slow = rule("Slow");
    breachNow("critical");
    IncidentId cause = road.onlyOpen().id();
    Breach web = breach(slow, "component", "Web app", "severity", "warning");
    road.take(found(slow, road.now(), web));
    IncidentId effect = road.open().getLast().id();

    road.ask(effect, new IncidentCommand.MergeInto(cause), "Ana");
    assertThat(road.onlyOpen().components()).containsExactly("Database", "Web app");
    Breach more = breach(slow, "component", "Web app", "severity", "warning", "instance", "2");
    road.take(found(slow, road.now(), web, more));
    assertThat(road.onlyOpen().alerts()).hasSize(3);
    heal();
    assertThat(road.onlyOpen().id()).isEqualTo(cause);
    road.take(found(slow, road.now()));
    assertThat(road.open()).isEmpty();
  }

  @Test
  void alertsThatJoinRaiseTheSeverityAndOnlyAPersonLowersIt() {
    breachNow("warning");
    assertThat(road.onlyOpen().published()).isFalse();
    AlertSpec gone = rule("Gone");
    Breach worse = breach(gone, "component", "Database", "severity", "critical");
    road.take(found(gone, road.now(), worse));
    assertThat(road.onlyOpen().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(road.onlyOpen().published()).isTrue();
    road.take(found(gone, road.now()));
    assertThat(road.onlyOpen().severity()).isEqualTo(Severity.CRITICAL);
    road.ask(road.onlyOpen().id(), new IncidentCommand.ChangeSeverity(Severity.LOW), "Ana");
    road.pass(Duration.ofSeconds(5));
    assertThat(road.onlyOpen().severity()).isEqualTo(Severity.LOW);
  }

  @Test
  void aRouteThatGoesOnMaySplitTheMessagesOfOneIncident() {
    RouteSpec perInstance =
        new RouteSpec(
            Optional.of("level2"),
            Optional.of(new GroupBy.Names(List.of("instance"))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            List.of());
    RouteSpec first =
        new RouteSpec(
            Optional.of("ops"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            true,
            List.of());
    RouteSpec root =
        new RouteSpec(
            Optional.of("ops"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            List.of(first, perInstance));
    var split = new Road(Road.policies(root));
    Breach one = breach(down, "component", "Database", "instance", "1");
    Breach two = breach(down, "component", "Database", "instance", "2");
    split.take(found(down, T0, one, two));
    Incident incident = split.onlyOpen();
    List<Message> mails =
        split.sent().stream().filter(m -> m.destination().kind().equals("email")).toList();
    assertThat(mails).hasSize(2).allMatch(m -> m.dedupKey().startsWith(incident.id() + "-"));
    assertThat(mails).allMatch(m -> m.incident().alerts().size() == 1);

    split.clearSent();
    split.take(found(down, T0.plusSeconds(1), two));
    assertThat(split.sent())
        .extracting(m -> m.destination().kind() + " " + m.transition().kind())
        .containsExactly("email RESOLVED");
    assertThat(split.onlyOpen().id()).isEqualTo(incident.id());
  }

  @Test
  void theSameIsToldAgainAfterTheRepeatIntervalWhileNobodyHasIt() {
    breachNow("warning");
    road.pass(Duration.ofHours(8));
    assertThat(kinds()).startsWith("OPENED", "CLOCK", "CLOCK").endsWith("REPEAT");
    road.ask(road.onlyOpen().id(), new IncidentCommand.Acknowledge(), "Ana");
    road.clearSent();
    road.pass(Duration.ofHours(5));
    assertThat(kinds()).isEmpty();
  }

  @Test
  void joinedAlertsAreToldAfterTheGroupInterval() {
    breachNow("warning");
    Breach second = breach(down, "component", "Database", "severity", "warning", "instance", "2");
    road.take(found(down, road.now(), database("warning"), second));
    assertThat(kinds()).containsExactly("OPENED");
    road.pass(Duration.ofMinutes(5));
    assertThat(kinds()).containsExactly("OPENED", "ALERTS_CHANGED");
  }

  @Test
  void everyTransitionIsPlannedOnce() {
    breachNow("critical");
    road.pass(Duration.ofHours(5));
    heal();
    breachNow("critical");
    heal();
    road.pass(Duration.ofMinutes(2));
    assertThat(road.sent()).extracting(Message::idempotencyKey).doesNotHaveDuplicates();
  }

  private static Road quietRoad(Instant until) {
    var hour = until.atZone(ZoneOffset.UTC);
    int end = hour.getHour() * 60 + hour.getMinute();
    var quiet =
        new NamedIntervals(
            "lunch",
            List.of(
                new TimeInterval(
                    List.of(new TimeInterval.Span(0, end)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    ZoneOffset.UTC)));
    RouteSpec child =
        new RouteSpec(
            Optional.of("ops"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(Severity.CRITICAL, Severity.MEDIUM),
            new Hours(List.of(quiet), List.of()),
            false,
            List.of());
    RouteSpec root =
        new RouteSpec(
            Optional.of("level2"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            List.of(child));
    return new Road(Road.policies(root));
  }

  @Test
  void whileItsRouteIsQuietAnAlertMakesNoSoundAndIsToldWhenItsHoursCome() {
    Road quiet = quietRoad(T0.plus(Duration.ofMinutes(30)));
    quiet.take(found(down, T0, breach(down, "component", "Database")));
    assertThat(quiet.firing().getFirst().mutes())
        .containsExactly(new Mute.ByTimeInterval("lunch", true));
    assertThat(quiet.open()).isEmpty();
    assertThat(quiet.sent()).isEmpty();
    quiet.pass(Duration.ofMinutes(31));
    assertThat(quiet.onlyOpen().state()).isEqualTo(Incident.State.OPEN);
    assertThat(quiet.sent()).hasSize(2);
  }

  @Test
  void whoWasToldOfTheBeginningHearsOfTheEndAlsoInQuietHours() {
    Instant noon = T0.plus(Duration.ofHours(12));
    Road quiet = quietRoad(noon.plusSeconds(60));
    quiet.pass(Duration.ofSeconds(30));
    quiet.take(found(down, quiet.now(), breach(down, "component", "Database", "severity", "info")));
    assertThat(quiet.sent()).extracting(m -> m.destination().receiver()).containsExactly("level2");
    quiet.clearSent();
    quiet.take(found(down, quiet.now().plusSeconds(1)));
    assertThat(quiet.sent())
        .extracting(m -> m.transition().kind())
        .containsExactly(Transition.Kind.RESOLVED);
  }

  @Test
  void everyGroupShowsWhenItWillSendNextAndWhy() {
    road.take(found(down, T0, breach(down, "component", "Database")));
    GroupView group = road.groups().getFirst();
    assertThat(group.lastSentAt()).contains(T0);
    assertThat(group.nextAt()).contains(T0.plus(Duration.ofHours(4)));
    assertThat(group.why()).isEqualTo("nobody has acknowledged; repeat_interval of 4 h ends");
    road.take(
        found(
            down,
            T0.plusSeconds(1),
            breach(down, "component", "Database"),
            breach(down, "component", "Database", "instance", "2")));
    assertThat(road.groups().getFirst().nextAt()).contains(T0.plus(Duration.ofMinutes(5)));
    assertThat(road.groups().getFirst().why()).contains("group_interval of 5 min ends");
    road.ask(road.onlyOpen().id(), new IncidentCommand.Acknowledge(), "Ana");
    assertThat(road.groups().getFirst().nextAt()).isEmpty();
    assertThat(road.groups().getFirst().why()).contains("acknowledged");
  }
}
