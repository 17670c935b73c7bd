package io.tocsin.notify;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.firing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentExamples;
import io.tocsin.incident.IncidentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every outbox does. */
public abstract class OutboxContract {
  private static final Destination OPS = new Destination("ops", "webhook", 0);
  private static final Destination CHAT = new Destination("chat", "slack", 0);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Transition OPENED = new Transition(1, Transition.Kind.OPENED, 0);
  private static final Transition RESOLVED = new Transition(2, Transition.Kind.RESOLVED, 0);
  private static final Instant LATER = T0.plusSeconds(10);

  private final Alert alert = firing("DatabaseDown", T0, "component", "Database");
  private final IncidentEvent opening =
      IncidentExamples.opening(7, "Database", Severity.CRITICAL, T0, alert);
  private final Incident incident = IncidentExamples.fold(opening);
  private final Incident other = IncidentExamples.open(8, "Web app", Severity.LOW, T0);

  /** An empty outbox of a node that leads. */
  protected abstract Outbox outbox();

  /** The store that reads what the outbox committed. */
  protected abstract IncidentStore incidents();

  /** The ledger of the same outbox, as people read it. */
  protected abstract DeliveryLedger ledger();

  private static Message message(
      Incident incident, Destination to, Transition transition, String text) {
    return new Message(to, incident.id().value(), transition, incident, text, "route 0", T0);
  }

  private static Commit messages(Message... messages) {
    return new Commit(List.of(), List.of(), List.of(), List.of(), List.of(messages));
  }

  private Commit whole() {
    return new Commit(
        List.of(alert),
        List.of(),
        List.of(incident),
        List.of(opening),
        List.of(message(incident, OPS, OPENED, "down")));
  }

  private static Delivery.Attempt attempt(boolean delivered) {
    return new Delivery.Attempt(LATER, Duration.ofMillis(12), delivered, delivered ? "202" : "503");
  }

  private static List<String> texts(List<Delivery> deliveries) {
    return deliveries.stream().map(delivery -> delivery.message().text()).toList();
  }

  @Test
  void theLedgerIsReadByDestinationAndStateAndSaysHowEachFares() {
    Outbox outbox = outbox();
    outbox.commit(
        messages(
            message(incident, OPS, OPENED, "first"),
            message(other, OPS, OPENED, "second"),
            message(incident, CHAT, OPENED, "third"),
            message(incident, OPS, RESOLVED, "fourth")));
    List<Delivery> due = outbox.lease(LATER, LEASE, 10);
    outbox.record(
        due.get(0).id(), attempt(true), new SendResult.Delivered("202"), Optional.empty());
    outbox.record(due.get(1).id(), attempt(false), new SendResult.Refused("503"), Optional.empty());
    DeliveryLedger ledger = ledger();
    assertThat(texts(ledger.page(rows(List.of(), List.of(), Optional.empty()), 3)))
        .containsExactly("fourth", "third", "second");
    assertThat(texts(ledger.page(rows(List.of(OPS), List.of(), Optional.empty()), 10)))
        .containsExactly("fourth", "second", "first");
    assertThat(
            texts(
                ledger.page(
                    rows(List.of(OPS, CHAT), List.of(Delivery.State.PENDING), Optional.empty()),
                    10)))
        .containsExactly("fourth", "third");
    Optional<Long> before = Optional.of(due.get(1).id());
    assertThat(texts(ledger.page(rows(List.of(), List.of(), before), 10))).containsExactly("first");
    assertThat(texts(ledger.page(of(incident, OPS.receiver()), 10)))
        .containsExactly("fourth", "first");
    assertThat(ledger.page(of(incident, "nobody"), 10)).isEmpty();
    var standings = ledger.standings(List.of(OPS, CHAT));
    DeliveryLedger.Standing ops = standings.get(OPS);
    assertThat(ops.waiting()).isEqualTo(1);
    assertThat(ops.dead()).isEqualTo(1);
    assertThat(ops.lastSuccess().orElseThrow()).isBetween(LATER, LATER.plusSeconds(1));
    assertThat(ops.lastFailure()).contains(new DeliveryLedger.Failure(LATER, "503"));
    assertThat(standings.get(CHAT))
        .isEqualTo(new DeliveryLedger.Standing(1, 0, Optional.empty(), Optional.empty()));
  }

  @Test
  void whatWasHeldBackOrNotTriedIsNoFailureOfItsReceiver() {
    Outbox outbox = outbox();
    outbox.commit(messages(message(incident, OPS, OPENED, "first")));
    var retry = new SendResult.Retry("later", Optional.empty());
    for (String why : List.of("503", "held back: more than 3 in 20 s", "not tried: it is down")) {
      Delivery leased = outbox.lease(LATER, LEASE, 10).getFirst();
      var attempt = new Delivery.Attempt(LATER, Duration.ofMillis(12), false, why);
      outbox.record(leased.id(), attempt, retry, Optional.of(LATER));
    }
    assertThat(ledger().standings(List.of(OPS)).get(OPS).lastFailure())
        .contains(new DeliveryLedger.Failure(LATER, "503"));
  }

  private static DeliveryLedger.Filter of(Incident incident, String receiver) {
    return new DeliveryLedger.Filter(
        Optional.of(incident.id()), Optional.of(receiver), List.of(), List.of(), Optional.empty());
  }

  private static DeliveryLedger.Filter rows(
      List<Destination> destinations, List<Delivery.State> states, Optional<Long> before) {
    return new DeliveryLedger.Filter(destinations, states, before);
  }

  @Test
  void aCommitIsThereAfterARestart() {
    Outbox outbox = outbox();
    assertThat(outbox.restore()).isEqualTo(new Outbox.Restored(List.of(), List.of(), 0));
    outbox.commit(whole());
    assertThat(outbox.restore())
        .isEqualTo(new Outbox.Restored(List.of(alert), List.of(incident), 7));
    assertThat(incidents().events(incident.id())).containsExactly(opening);
  }

  @Test
  void anIncidentOfManyAlertsComesBackWholeThroughAllItsChanges() {
    Outbox outbox = outbox();
    var alerts = new ArrayList<Alert>();
    for (int i = 0; i < 250; i++) {
      alerts.add(firing("DatabaseDown", T0, "instance", "i" + i));
    }
    IncidentEvent first =
        IncidentExamples.opening(
            7, "Database", Severity.HIGH, T0, alerts.subList(0, 90).toArray(Alert[]::new));
    Incident small = IncidentExamples.fold(first);
    outbox.commit(new Commit(List.of(), List.of(), List.of(small), List.of(first), List.of()));
    var joined = new Change.AlertsChanged(alerts.subList(90, 250), List.of(), List.of());
    Incident large = change(outbox, small, joined);
    assertThat(outbox.restore().open()).containsExactly(large);
    List<Alert> ended = alerts.subList(10, 20).stream().map(a -> a.resolved(LATER)).toList();
    Incident after = change(outbox, large, new Change.AlertsChanged(List.of(), ended, List.of()));
    assertThat(outbox.restore().open()).containsExactly(after);
    assertThat(incidents().find(after.id())).contains(after);
    assertThat(incidents().open()).containsExactly(after);
    assertThat(after.alerts()).hasSize(250);
  }

  private static Incident change(Outbox outbox, Incident before, Change change) {
    var event = new IncidentEvent(before.id(), before.lastSeq() + 1, LATER, Actor.SYSTEM, change);
    Incident after = IncidentExamples.after(before, change, LATER);
    outbox.commit(new Commit(List.of(), List.of(), List.of(after), List.of(event), List.of()));
    return after;
  }

  @Test
  void aChangedAlertReplacesTheOldOneAndAGoneOneIsForgotten() {
    Outbox outbox = outbox();
    outbox.commit(whole());
    Alert over = alert.resolved(LATER);
    outbox.commit(new Commit(List.of(over), List.of(), List.of(), List.of(), List.of()));
    assertThat(outbox.restore().alerts()).containsExactly(over);
    outbox.commit(new Commit(List.of(), List.of(alert.key()), List.of(), List.of(), List.of()));
    assertThat(outbox.restore().alerts()).isEmpty();
  }

  @Test
  void theLastNumberOutlivesTheEndOfItsIncident() {
    Outbox outbox = outbox();
    outbox.commit(whole());
    Incident over = IncidentExamples.after(incident, new Change.Resolved(Optional.empty()), LATER);
    outbox.commit(new Commit(List.of(), List.of(), List.of(over), List.of(), List.of()));
    assertThat(outbox.restore().open()).isEmpty();
    assertThat(outbox.restore().lastNumber()).isEqualTo(7);
  }

  @Test
  void committingTheSameTwiceChangesNothing() {
    Outbox outbox = outbox();
    outbox.commit(whole());
    outbox.commit(whole());
    assertThat(outbox.deliveries(Optional.empty(), 10)).hasSize(1);
    assertThat(incidents().events(incident.id())).hasSize(1);
  }

  @Test
  void theFirstContentOfATransitionWins() {
    Outbox outbox = outbox();
    outbox.commit(messages(message(incident, OPS, OPENED, "first")));
    outbox.commit(messages(message(incident, OPS, OPENED, "second")));
    assertThat(texts(outbox.deliveries(Optional.empty(), 10))).containsExactly("first");
  }

  @Test
  void onlyTheOldestUndeliveredOfALaneIsLeased() {
    Outbox outbox = outbox();
    outbox.commit(
        messages(
            message(incident, OPS, OPENED, "down"),
            message(incident, OPS, RESOLVED, "up"),
            message(incident, CHAT, OPENED, "down in chat"),
            message(other, OPS, OPENED, "other")));
    List<Delivery> leased = outbox.lease(LATER, LEASE, 10);
    assertThat(texts(leased)).containsExactlyInAnyOrder("down", "down in chat", "other");
    assertThat(outbox.lease(LATER, LEASE, 10)).isEmpty();

    long down = id(leased, "down");
    outbox.record(down, attempt(true), new SendResult.Delivered("202"), Optional.empty());
    assertThat(texts(outbox.lease(LATER, LEASE, 10))).containsExactly("up");
  }

  @Test
  void aCommitMayLeaseWhatItPlansButNothingBehindAnother() {
    Outbox outbox = outbox();
    List<Delivery> first =
        outbox.commit(
            messages(
                message(incident, OPS, OPENED, "down"), message(incident, CHAT, OPENED, "chat")),
            LATER,
            LEASE);
    assertThat(texts(first)).containsExactlyInAnyOrder("down", "chat");
    assertThat(outbox.lease(LATER, LEASE, 10)).isEmpty();
    assertThat(outbox.commit(messages(message(incident, OPS, OPENED, "down again")), LATER, LEASE))
        .isEmpty();
    assertThat(outbox.commit(messages(message(incident, OPS, RESOLVED, "up")), LATER, LEASE))
        .isEmpty();

    outbox.record(
        id(first, "down"), attempt(true), new SendResult.Delivered("202"), Optional.empty());
    assertThat(texts(outbox.lease(LATER, LEASE, 10))).containsExactly("up");
    assertThat(texts(outbox.lease(LATER.plus(LEASE), LEASE, 10)))
        .containsExactlyInAnyOrder("chat", "up");
  }

  @Test
  void aLeaseThatRanOutIsFreeAgain() {
    Outbox outbox = outbox();
    outbox.commit(whole());
    assertThat(outbox.lease(LATER, LEASE, 10)).hasSize(1);
    assertThat(outbox.lease(LATER.plus(LEASE).minusMillis(1), LEASE, 10)).isEmpty();
    assertThat(outbox.lease(LATER.plus(LEASE), LEASE, 10)).hasSize(1);
  }

  @Test
  void aRetryWaitsForItsTimeAndHoldsItsLane() {
    Outbox outbox = outbox();
    outbox.commit(
        messages(message(incident, OPS, OPENED, "down"), message(incident, OPS, RESOLVED, "up")));
    long id = outbox.lease(LATER, LEASE, 10).getFirst().id();
    Instant next = LATER.plusSeconds(60);
    outbox.record(
        id, attempt(false), new SendResult.Retry("503", Optional.empty()), Optional.of(next));
    assertThat(outbox.lease(next.minusMillis(1), LEASE, 10)).isEmpty();
    List<Delivery> again = outbox.lease(next, LEASE, 10);
    assertThat(texts(again)).containsExactly("down");
    assertThat(again.getFirst().attempts()).containsExactly(attempt(false));
  }

  @Test
  void aDeadLetterFreesItsLaneAndCanBeReplayed() {
    Outbox outbox = outbox();
    outbox.commit(
        messages(message(incident, OPS, OPENED, "down"), message(incident, OPS, RESOLVED, "up")));
    long id = outbox.lease(LATER, LEASE, 10).getFirst().id();
    assertThat(outbox.replay(id, LATER)).isFalse();
    outbox.record(id, attempt(false), new SendResult.Refused("400"), Optional.empty());
    assertThat(outbox.deliveries(Optional.of(incident.id()), 10).getLast().state())
        .isEqualTo(Delivery.State.DEAD);
    List<Delivery> freed = outbox.lease(LATER, LEASE, 10);
    assertThat(texts(freed)).containsExactly("up");
    outbox.record(
        freed.getFirst().id(), attempt(true), new SendResult.Delivered("202"), Optional.empty());

    assertThat(outbox.replay(id, LATER)).isTrue();
    assertThat(texts(outbox.lease(LATER, LEASE, 10))).containsExactly("down");
    assertThat(outbox.replay(4_711, LATER)).isFalse();
  }

  @Test
  void whatWaitsForADestinationThatAnswersAgainIsDueAtOnceAndNothingElse() {
    Outbox outbox = outbox();
    outbox.commit(
        messages(
            message(incident, OPS, OPENED, "down"),
            message(incident, OPS, RESOLVED, "up"),
            message(incident, CHAT, OPENED, "chat"),
            message(other, OPS, OPENED, "dead")));
    Instant late = LATER.plus(Duration.ofMinutes(5));
    for (Delivery leased : outbox.lease(LATER, LEASE, 10)) {
      boolean dead = leased.message().text().equals("dead");
      outbox.record(
          leased.id(),
          attempt(false),
          dead
              ? new SendResult.Refused("400")
              : new SendResult.Retry("503", Optional.of(Duration.ofMinutes(5))),
          dead ? Optional.empty() : Optional.of(late));
    }
    assertThat(outbox.lease(LATER, LEASE, 10)).isEmpty();
    outbox.hasten(OPS, LATER);
    List<Delivery> due = outbox.lease(LATER, LEASE, 10);
    assertThat(texts(due)).as("still in order").containsExactly("down");
    outbox.record(
        due.getFirst().id(), attempt(true), new SendResult.Delivered("202"), Optional.empty());
    assertThat(texts(outbox.lease(LATER, LEASE, 10))).containsExactly("up");
    assertThat(texts(outbox.lease(late, LEASE, 10))).contains("chat").doesNotContain("dead");
  }

  @Test
  void aDeliveredMessageStaysDelivered() {
    Outbox outbox = outbox();
    outbox.commit(whole());
    long id = outbox.lease(LATER, LEASE, 10).getFirst().id();
    outbox.record(id, attempt(true), new SendResult.Delivered("202"), Optional.empty());
    Delivery delivery = outbox.deliveries(Optional.empty(), 10).getFirst();
    assertThat(delivery.state()).isEqualTo(Delivery.State.DELIVERED);
    assertThat(delivery.deliveredAt()).isPresent();
    assertThat(outbox.lease(LATER.plus(LEASE.multipliedBy(2)), LEASE, 10)).isEmpty();
    assertThat(outbox.replay(id, LATER)).isFalse();
  }

  @Test
  void theLedgerIsNewestFirstAndCanBeNarrowedToAnIncident() {
    Outbox outbox = outbox();
    outbox.commit(
        messages(
            message(incident, OPS, OPENED, "down"),
            message(other, OPS, OPENED, "other"),
            message(incident, OPS, RESOLVED, "up")));
    assertThat(texts(outbox.deliveries(Optional.empty(), 2))).containsExactly("up", "other");
    assertThat(texts(outbox.deliveries(Optional.of(incident.id()), 10)))
        .containsExactly("up", "down");
  }

  @Test
  void theBacklogCountsWhatWaitsAndWhatIsDead() {
    Outbox outbox = outbox();
    assertThat(outbox.backlog(LATER)).isEqualTo(new Outbox.Backlog(0, 0, Duration.ZERO));
    outbox.commit(
        messages(message(incident, OPS, OPENED, "down"), message(other, OPS, OPENED, "other")));
    assertThat(outbox.backlog(LATER))
        .isEqualTo(new Outbox.Backlog(2, 0, Duration.between(T0, LATER)));
    long dead = id(outbox.lease(LATER, LEASE, 10), "other");
    outbox.record(dead, attempt(false), new SendResult.Refused("400"), Optional.empty());
    assertThat(outbox.backlog(LATER))
        .isEqualTo(new Outbox.Backlog(1, 1, Duration.between(T0, LATER)));
  }

  private static long id(List<Delivery> deliveries, String text) {
    return deliveries.stream()
        .filter(delivery -> delivery.message().text().equals(text))
        .findFirst()
        .orElseThrow()
        .id();
  }
}
