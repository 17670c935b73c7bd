package io.tocsin.incident;

import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.label.Labels;
import io.tocsin.oncall.Contact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private static final IncidentFold FOLD = new IncidentFold(SeverityPolicy.OWNERS);
  private static final Actor ANA = Actor.person("Ana");

  private final Incident incident = IncidentExamples.open(1, "Database", Severity.HIGH, T0);
  private final Incident other =
      IncidentExamples.open(2, "Web app", Severity.CRITICAL, T0.plusSeconds(1));
  private Instant now = T0.plusSeconds(60);
  private Recorder recorder = new Recorder(FOLD, Incidents.of(List.of(incident, other), 2));

  private Answer ask(IncidentCommand command) {
    return ask(Publication.Mode.AUTO, incident.id(), ANA, command);
  }

  private Answer ask(
      Publication.Mode mode, IncidentId target, Actor actor, IncidentCommand command) {
    var publication = new Publication(mode, Set.of("Database"));
    var desk = new Desk(alert -> new GroupKey("0", Labels.EMPTY), publication);
    return new Commands(desk, publication, new OneStep())
        .apply(recorder, Optional.of(target), command, actor, now);
  }

  private static Incident done(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Done.class);
    return ((Answer.Done) answer).incident();
  }

  private List<String> timeline() {
    return recorder.events().stream().map(Timeline::describe).toList();
  }

  @Test
  void acknowledgingNamesWhoHasItAndIsDoneOnce() {
    assertThat(done(ask(new IncidentCommand.Acknowledge())).acknowledgedBy()).contains("Ana");
    done(ask(new IncidentCommand.Acknowledge()));
    assertThat(timeline()).containsExactly("Ana acknowledged");
    Answer takenOver =
        ask(
            Publication.Mode.AUTO,
            incident.id(),
            Actor.person("Ben"),
            new IncidentCommand.Acknowledge());
    assertThat(done(takenOver).acknowledgedBy()).contains("Ben");
  }

  @Test
  void whoeverHasItAndSaysSoAgainLaterHasShownASignOfLife() {
    done(ask(new IncidentCommand.Acknowledge()));
    now = now.plus(Commands.TWICE);
    assertThat(done(ask(new IncidentCommand.Acknowledge())).acknowledgedAt()).contains(now);
    assertThat(timeline()).containsExactly("Ana acknowledged", "Ana acknowledged");
  }

  @Test
  void whatAMachineAcknowledgesAgainChangesNothing() {
    Actor machine = new Actor(Actor.Kind.INTEGRATION, "pagerduty:checkout");
    for (int times = 0; times < 3; times++) {
      done(ask(Publication.Mode.AUTO, incident.id(), machine, new IncidentCommand.Acknowledge()));
      now = now.plus(Commands.TWICE);
    }
    assertThat(timeline()).containsExactly("pagerduty:checkout acknowledged");
  }

  @Test
  void givingItBackNeedsSomebodyToHaveIt() {
    assertThat(ask(new IncidentCommand.Unacknowledge()))
        .isEqualTo(new Answer.Conflict("it is not acknowledged"));
    done(ask(new IncidentCommand.Acknowledge()));
    assertThat(done(ask(new IncidentCommand.Unacknowledge())).acknowledgedAt()).isEmpty();
  }

  @Test
  void whatIsOverTakesWordsButNothingElse() {
    done(ask(new IncidentCommand.Resolve("disk cleared")));
    for (IncidentCommand command :
        List.of(
            new IncidentCommand.Acknowledge(),
            new IncidentCommand.Assign("Ben"),
            new IncidentCommand.ChangeSeverity(Severity.LOW),
            new IncidentCommand.Escalate(),
            new IncidentCommand.Resolve("again"))) {
      assertThat(ask(command)).isEqualTo(new Answer.Conflict("it is resolved"));
    }
    done(ask(new IncidentCommand.AddNote("the disk was full of logs")));
    var summary = new IncidentCommand.PostUpdate(Phase.MONITORING, true, "What happened: ...");
    assertThat(done(ask(summary)).phase()).isEqualTo(Phase.RESOLVED);
  }

  @Test
  void emptyWordsAndAWrongPhaseAreRefusedWithTheirField() {
    assertThat(ask(new IncidentCommand.AddNote(" ")))
        .isEqualTo(new Answer.Invalid("text", " ", "some words"));
    assertThat(ask(new IncidentCommand.PostUpdate(Phase.RESOLVED, true, "fine")))
        .isInstanceOf(Answer.Invalid.class);
    assertThat(ask(new IncidentCommand.AddNote("x".repeat(Commands.LONGEST_TEXT + 1))))
        .isEqualTo(new Answer.Invalid("text", "10001 characters", "at most 10000"));
    assertThat(recorder.events()).isEmpty();
  }

  @Test
  void aPublicUpdateOnAHiddenIncidentPublishesItUnlessNothingMayBePublic() {
    done(ask(new IncidentCommand.Publish(false)));
    var update = new IncidentCommand.PostUpdate(Phase.IDENTIFIED, true, "We found it.");
    assertThat(ask(Publication.Mode.NEVER, incident.id(), ANA, update))
        .isEqualTo(new Answer.Conflict("the configuration says publish: never"));
    assertThat(done(ask(Publication.Mode.ASK, incident.id(), ANA, update)).published()).isTrue();
  }

  @Test
  void escalatingByHandEndsWithTheLastStep() {
    assertThat(done(ask(new IncidentCommand.Escalate())).escalationStep()).isEqualTo(1);
    assertThat(ask(new IncidentCommand.Escalate()))
        .isEqualTo(new Answer.Conflict("there is no escalation step after 1"));
  }

  @Test
  void mergingEndsOneAndMakesTheOtherAtLeastAsBad() {
    assertThat(ask(new IncidentCommand.MergeInto(incident.id())))
        .isInstanceOf(Answer.Conflict.class);
    Answer merged =
        ask(Publication.Mode.AUTO, other.id(), ANA, new IncidentCommand.MergeInto(incident.id()));
    assertThat(done(merged).state()).isEqualTo(Incident.State.MERGED);
    assertThat(recorder.find(incident.id()).orElseThrow().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(ask(Publication.Mode.AUTO, other.id(), ANA, new IncidentCommand.Acknowledge()))
        .isEqualTo(new Answer.Conflict("it was merged into another incident"));
  }

  @Test
  void declaringOpensTheNextNumber() {
    var declare = new IncidentCommand.Declare("Data loss", Severity.CRITICAL, List.of("Database"));
    Incident declared = done(ask(declare));
    assertThat(declared.number()).isEqualTo(3);
    assertThat(declared.group().route()).isEqualTo("manual");
    assertThat(declared.published()).isTrue();
    assertThat(declared.updates().getFirst().automatic()).isTrue();
  }

  @Test
  void anUnknownIncidentIsNotFound() {
    var unknown = new IncidentId("i0000");
    assertThat(ask(Publication.Mode.AUTO, unknown, ANA, new IncidentCommand.Acknowledge()))
        .isEqualTo(new Answer.NotFound(unknown));
  }

  @Test
  void aTriggerCallsThoseItNamesAndLeavesTheStepAsItIs() {
    Incident called = done(ask(new IncidentCommand.Summon("legal")));
    assertThat(called.escalationStep()).isZero();
    assertThat(called.paging().pages()).extracting(Page::person).containsExactly("Lea");
    assertThat(ask(new IncidentCommand.Summon("weather")))
        .isEqualTo(new Answer.Invalid("trigger", "weather", "one of legal"));
  }

  /** One step that calls Bo, one trigger that calls Lea. */
  private static final class OneStep implements EscalationSteps {
    @Override
    public Optional<Change.Escalated> next(Incident incident, String reason, Instant now) {
      return incident.escalationStep() >= 1
          ? Optional.empty()
          : Optional.of(called(1, reason, "Bo"));
    }

    @Override
    public Optional<Change.Escalated> triggered(
        Incident incident, String trigger, String reason, Instant now) {
      return trigger.equals("legal")
          ? Optional.of(called(incident.escalationStep(), reason, "Lea"))
          : Optional.empty();
    }

    @Override
    public Set<String> triggers() {
      return Set.of("legal");
    }

    private static Change.Escalated called(int step, String reason, String person) {
      return new Change.Escalated(
          step, reason, "default", 0, List.of(new Contact(person, "sms", Duration.ZERO)));
    }
  }
}
