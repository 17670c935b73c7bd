package io.tocsin.engine;

import static io.tocsin.Eventually.eventually;
import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentExamples;
import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.InMemoryOutbox;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.silence.Silences;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine with its real threads, ports in memory. */
class EngineTest {
  private static final Duration SOON = Duration.ofSeconds(8);

  private final InstantSource clock = InstantSource.system();
  private final InMemoryIncidentStore incidents = new InMemoryIncidentStore();
  private final FlakyOutbox outbox = new FlakyOutbox(new InMemoryOutbox(incidents));
  private final List<Message> received = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger deposed = new AtomicInteger();
  private final Channel channel =
      message -> {
        received.add(message);
        return CompletableFuture.completedFuture(new SendResult.Delivered("200"));
      };
  private final DirectPages direct =
      new DirectPages(this::channel, RelaySettings.DEFAULT, clock, new Random(1));
  private final OutboxRelay relay =
      new OutboxRelay(
          outbox,
          this::channel,
          RelaySettings.DEFAULT,
          clock,
          new Random(1),
          direct::told,
          direct::tried);
  private Engine engine = engine();

  private Optional<Channel> channel(Destination destination) {
    return Optional.of(channel);
  }

  private Engine engine() {
    return engine(Duration.ofMillis(300));
  }

  private Engine engine(Duration patience) {
    return new Engine(
        Road.POLICIES,
        new Engine.Ports(
            outbox,
            incidents,
            clock,
            () -> Silences.NONE,
            relay,
            direct,
            (event, after) -> heard.add(event.seq() + " " + after.id()),
            CycleListener.NONE,
            deposed::incrementAndGet),
        patience,
        Duration.ofMillis(500));
  }

  private void start() {
    direct.start();
    relay.start();
    engine.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    engine.close();
    relay.close();
    direct.close();
  }

  private Evaluation breaching(String name, String severity) {
    AlertSpec rule = rule(name);
    return found(
        rule, clock.instant(), breach(rule, "component", "Part of " + name, "severity", severity));
  }

  private Incident onlyOpen() {
    eventually(SOON, () -> assertThat(engine.openIncidents()).hasSize(1));
    return engine.openIncidents().getFirst();
  }

  private Answer ask(Optional<IncidentId> target, IncidentCommand command) throws Exception {
    return engine
        .submit(target, command, Actor.person("Ana"))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void aBreachIsCommittedThenSentThenRecorded() {
    start();
    engine.submit(breaching("Down", "critical"));
    eventually(SOON, () -> assertThat(received).hasSize(2));
    Incident incident = onlyOpen();
    assertThat(incidents.find(incident.id())).contains(incident);
    eventually(SOON, () -> assertThat(heard).contains("1 " + incident.id()));
    assertThat(engine.alerts().firing()).hasSize(1);
    eventually(
        SOON,
        () ->
            assertThat(outbox.deliveries(Optional.of(incident.id()), 10))
                .extracting(Delivery::state)
                .containsOnly(Delivery.State.DELIVERED));
  }

  @Test
  void whileACommitIsWrittenMoreIsDecidedButNothingIsShownOrSentBeforeItIsDurable() {
    engine = engine(SOON);
    start();
    outbox.hold();
    engine.submit(breaching("Down", "critical"));
    eventually(SOON, () -> assertThat(outbox.holdsSome()).isTrue());
    engine.submit(breaching("Slow", "critical"));
    engine.submit(breaching("Full", "critical"));
    eventually(SOON, () -> assertThat(engine.counts().evaluations()).isEqualTo(3));
    assertThat(engine.openIncidents()).isEmpty();
    assertThat(received).isEmpty();

    outbox.release();
    eventually(SOON, () -> assertThat(engine.openIncidents()).hasSize(3));
    eventually(SOON, () -> assertThat(received).hasSize(6));
    assertThat(outbox.commits().stream().map(commit -> commit.alerts().size()).toList())
        .startsWith(1, 2);
  }

  @Test
  void aCommandIsAnsweredWhenItIsDurable() throws Exception {
    start();
    engine.submit(breaching("Down", "high"));
    Incident incident = onlyOpen();
    Answer answer = ask(Optional.of(incident.id()), new IncidentCommand.Acknowledge());
    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(incidents.find(incident.id()).orElseThrow().acknowledgedBy()).contains("Ana");
    assertThat(ask(Optional.of(new IncidentId("i0000")), new IncidentCommand.Acknowledge()))
        .isEqualTo(new Answer.NotFound(new IncidentId("i0000")));
  }

  @Test
  void anIncidentThatEndedLongAgoIsRecalledForACommand() throws Exception {
    Incident old =
        IncidentExamples.after(
            IncidentExamples.open(3, "Database", Severity.HIGH, T0),
            new Change.Resolved(Optional.empty()),
            T0.plusSeconds(60));
    start();
    incidents.save(List.of(old), List.of());
    assertThat(ask(Optional.of(old.id()), new IncidentCommand.Acknowledge()))
        .isEqualTo(new Answer.Conflict("it is resolved"));
    assertThat(ask(Optional.of(old.id()), new IncidentCommand.AddNote("disk was full")))
        .isInstanceOf(Answer.Done.class);
  }

  @Test
  void manyAlertsAtOnceAreCommittedInPieces() {
    start();
    AlertSpec rule = rule("Down");
    var breaches = new ArrayList<Breach>();
    for (int i = 0; i < 1_300; i++) {
      breaches.add(breach(rule, "component", "Web app", "instance", "i" + i));
    }
    engine.submit(Evaluation.found(rule, clock.instant(), breaches));
    eventually(SOON, () -> assertThat(engine.alerts().firing()).hasSize(1_300));
    assertThat(onlyOpen().alerts()).hasSize(1_300);
    assertThat(outbox.commits()).allMatch(commit -> commit.alerts().size() <= Portion.MOST_ALERTS);

    engine.submit(Evaluation.found(rule, clock.instant(), List.of()));
    eventually(SOON, () -> assertThat(engine.openIncidents()).isEmpty());
    assertThat(outbox.commits()).allMatch(commit -> commit.alerts().size() <= Portion.MOST_ALERTS);
  }

  @Test
  void urgentPagesGoOutWhileTheDatabaseIsAwayAndAreWrittenLaterWithoutBeingSentAgain() {
    start();
    outbox.away(true);
    engine.submit(breaching("Down", "critical"));
    engine.submit(breaching("Slow", "warning"));
    eventually(SOON, () -> assertThat(received).hasSize(2));
    assertThat(engine.away()).isTrue();
    assertThat(received).allMatch(m -> m.incident().title().equals("Down is bad"));
    assertThat(outbox.commits()).isEmpty();

    outbox.away(false);
    eventually(SOON, () -> assertThat(engine.away()).isFalse());
    eventually(
        SOON,
        () ->
            assertThat(outbox.deliveries(Optional.empty(), 10))
                .hasSize(4)
                .extracting(Delivery::state)
                .containsOnly(Delivery.State.DELIVERED));
    assertThat(received).hasSize(4);
    assertThat(received).extracting(Message::idempotencyKey).doesNotHaveDuplicates();
    assertThat(incidents.open()).hasSize(2);
  }

  @Test
  void anAcknowledgementWhileTheDatabaseIsAwayHoldsButIsNotPromised() throws Exception {
    start();
    engine.submit(breaching("Down", "critical"));
    Incident incident = onlyOpen();
    outbox.away(true);
    Answer answer = ask(Optional.of(incident.id()), new IncidentCommand.Acknowledge());
    assertThat(answer).isInstanceOf(Answer.Unavailable.class);
    assertThat(engine.openIncidents().getFirst().acknowledgedBy()).contains("Ana");
    outbox.away(false);
    eventually(
        SOON,
        () ->
            assertThat(incidents.find(incident.id()).orElseThrow().acknowledgedBy())
                .contains("Ana"));
  }

  @Test
  void aDeposedNodeStopsEvaluating() throws Exception {
    start();
    outbox.depose();
    engine.submit(breaching("Down", "critical"));
    eventually(SOON, () -> assertThat(deposed).hasValue(1));
    assertThat(engine.openIncidents()).isEmpty();
    assertThat(ask(Optional.empty(), new IncidentCommand.Escalate()))
        .isInstanceOf(Answer.Unavailable.class);
  }

  @Test
  void aRestartGoesOnWhereTheOldOneStopped() throws Exception {
    start();
    engine.submit(breaching("Down", "critical"));
    Incident incident = onlyOpen();
    eventually(SOON, () -> assertThat(received).hasSize(2));
    engine.close();

    engine = engine();
    engine.start();
    assertThat(engine.openIncidents()).containsExactly(incident);
    assertThat(engine.alerts().firing()).hasSize(1);
    engine.submit(breaching("Down", "critical"));
    eventually(SOON, () -> assertThat(engine.counts().evaluations()).isEqualTo(1));
    assertThat(received).hasSize(2);
  }

  @Test
  void alertsOfARuleThatIsNoLongerThereEnd() {
    start();
    engine.submit(breaching("Down", "critical"));
    Incident incident = onlyOpen();
    engine.retire(Set.of(incident.alerts().getFirst().spec().ruleId()));
    eventually(SOON, () -> assertThat(engine.openIncidents()).isEmpty());
    assertThat(engine.alerts().rules()).isEmpty();
  }

  @Test
  void aBreachAndItsEndInOneHandfulAreBothSeen() {
    start();
    AlertSpec rule = rule("Blip");
    engine.submit(found(rule, T0, breach(rule, "severity", "high")));
    engine.submit(found(rule, T0.plusSeconds(1)));
    eventually(
        SOON,
        () ->
            assertThat(received)
                .extracting(m -> m.transition().kind().name())
                .contains("OPENED", "RESOLVED"));
  }
}
