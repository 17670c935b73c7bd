package io.tocsin.engine;

import static io.tocsin.Eventually.eventually;
import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentExamples;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.InMemoryOutbox;
import io.tocsin.notify.Message;
import io.tocsin.notify.Throttle;
import io.tocsin.notify.ThrottleGauge;
import io.tocsin.notify.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kill -9} while one message stands for several: each of them is told of, and marked. */
class KilledBundleTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Destination CHAT = new Destination("chat", "slack", 0);
  private static final Throttle ONE_A_MINUTE = new Throttle(1, Duration.ofMinutes(1));
  private static final int MESSAGES = 4;
  private static final ExecutorService GRAVES = Executors.newVirtualThreadPerTaskExecutor();

  private final InMemoryOutbox durable = new InMemoryOutbox(new InMemoryIncidentStore());
  private final List<Message> received = new CopyOnWriteArrayList<>();

  private static Message message(int number) {
    Incident about = IncidentExamples.open(number, "Part " + number, Severity.HIGH, T0);
    var opened = new Transition(1, Transition.Kind.OPENED, 0);
    return new Message(
        CHAT, about.id().value(), opened, about, "text of part " + number, "route 0", T0);
  }

  private OutboxRelay live(Mortality life, Instant now) {
    var gauge = new ThrottleGauge(ONE_A_MINUTE);
    var relay =
        new OutboxRelay(
            life.over(durable),
            destination -> Optional.of(life.channel("send", received::add)),
            RelaySettings.DEFAULT,
            () -> now,
            new Random(1),
            message -> Optional.empty(),
            (message, attempt, fate) -> {},
            destination -> Optional.of(gauge));
    relay.start();
    return relay;
  }

  /** All at once at the end: each waits for its threads. */
  private static void bury(OutboxRelay relay) {
    GRAVES.submit(
        () -> {
          relay.close();
          return relay;
        });
  }

  @AfterAll
  static void close() {
    GRAVES.close();
  }

  private List<Delivery> ledger() {
    return durable.deliveries(Optional.empty(), 100);
  }

  @ParameterizedTest
  @CsvSource({
    "before lease, 1",
    "after lease, 1",
    "before send, 1",
    "after send, 1",
    "before record, 1",
    "after record, 1",
    "after record, 2",
    "after record, 3",
    "after record, 4"
  })
  void killedWhileABundleIsMarkedEachOfItsMessagesIsToldOf(String boundary, int occurrence) {
    var messages = new ArrayList<Message>();
    for (int number = 1; number <= MESSAGES; number++) {
      messages.add(message(number));
    }
    durable.commit(new Commit(List.of(), List.of(), List.of(), List.of(), messages));
    var first = new Mortality(boundary, occurrence);
    OutboxRelay dead = live(first, T0);
    eventually(SOON, () -> assertThat(first.dead()).isTrue());
    // Leases of the dead run out.
    OutboxRelay alive = live(new Mortality("", 1), T0.plus(Duration.ofMinutes(3)));
    eventually(
        SOON,
        () ->
            assertThat(ledger())
                .extracting(Delivery::state)
                .containsOnly(Delivery.State.DELIVERED));
    for (Message message : messages) {
      assertThat(received)
          .as(message.text())
          .anyMatch(told -> told.text().contains(message.text()));
    }
    assertThat(received.stream().mapToInt(Message::standsFor).sum())
        .as("none is told more than twice")
        .isBetween(MESSAGES, 2 * MESSAGES);
    bury(alive);
    bury(dead);
  }
}
