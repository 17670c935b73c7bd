package io.tocsin.engine;

import static io.tocsin.Eventually.eventually;
import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Severity;
import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentExamples;
import io.tocsin.notify.Breaker;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Destination;
import io.tocsin.notify.InMemoryOutbox;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.Throttle;
import io.tocsin.notify.ThrottleGauge;
import io.tocsin.notify.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {
  private static final Duration SOON = Duration.ofSeconds(8);
  private static final Destination OPS = new Destination("ops", "webhook", 0);
  private static final Destination CHAT = new Destination("chat", "slack", 0);

  private final InMemoryOutbox outbox = new InMemoryOutbox(new InMemoryIncidentStore());
  private final AtomicReference<Instant> now = new AtomicReference<>(T0);
  private final Map<Destination, Channel> channels = new ConcurrentHashMap<>();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final List<AttemptListener.Fate> fates = new CopyOnWriteArrayList<>();
  private final OutboxRelay relay =
      new OutboxRelay(
          outbox,
          destination -> Optional.ofNullable(channels.get(destination)),
          RelaySettings.DEFAULT,
          now::get,
          new Random(1),
          message -> Optional.empty(),
          (message, attempt, fate) -> fates.add(fate));

  private final CompletableFuture<SendResult> hanging = new CompletableFuture<>();

  @AfterEach
  void stop() throws InterruptedException {
    hanging.complete(new SendResult.Delivered("late"));
    relay.close();
  }

  private void plan(Message... messages) {
    outbox.commit(new Commit(List.of(), List.of(), List.of(), List.of(), List.of(messages)));
    relay.wake();
  }

  private static Message message(int incident, Destination to, long seq) {
    Incident about = IncidentExamples.open(incident, "Part " + incident, Severity.HIGH, T0);
    return new Message(
        to,
        about.id().value(),
        new Transition(seq, Transition.Kind.UPDATE, 0),
        about,
        incident + "/" + seq,
        "route 0",
        T0);
  }

  private void answer(Destination destination, SendResult result) {
    channels.put(
        destination,
        message -> {
          sent.add(message.text());
          return CompletableFuture.completedFuture(result);
        });
  }

  private List<Delivery> ledger() {
    return outbox.deliveries(Optional.empty(), 100);
  }

  @Test
  void messagesOfOneIncidentGoInOrderAndOnce() {
    answer(OPS, new SendResult.Delivered("200"));
    relay.start();
    plan(message(1, OPS, 1), message(1, OPS, 2), message(1, OPS, 3));
    eventually(SOON, () -> assertThat(sent).containsExactly("1/1", "1/2", "1/3"));
    eventually(
        SOON,
        () ->
            assertThat(ledger())
                .extracting(Delivery::state)
                .containsOnly(Delivery.State.DELIVERED));
  }

  @Test
  void aboveItsThrottleAReceiverGetsOneMessageThatSaysWhatItStandsForAndNothingIsLost()
      throws Exception {
    var gauge = new ThrottleGauge(new Throttle(2, Duration.ofMinutes(1)));
    var throttled =
        new OutboxRelay(
            outbox,
            destination -> Optional.ofNullable(channels.get(destination)),
            RelaySettings.DEFAULT,
            now::get,
            new Random(1),
            message -> Optional.empty(),
            (message, attempt, fate) -> fates.add(fate),
            destination -> Optional.of(gauge));
    var bundles = new CopyOnWriteArrayList<Message>();
    channels.put(
        CHAT,
        message -> {
          bundles.add(message);
          return CompletableFuture.completedFuture(new SendResult.Delivered("200"));
        });
    var messages = new ArrayList<Message>();
    for (int i = 1; i <= 6; i++) {
      messages.add(message(i, CHAT, 1));
    }
    outbox.commit(new Commit(List.of(), List.of(), List.of(), List.of(), messages));
    throttled.start();
    eventually(
        SOON,
        () ->
            assertThat(ledger())
                .extracting(Delivery::state)
                .containsOnly(Delivery.State.DELIVERED));
    assertThat(bundles).extracting(Message::standsFor).containsExactlyInAnyOrder(1, 5);
    Message bundle =
        bundles.stream().filter(message -> message.standsFor() > 1).findFirst().orElseThrow();
    assertThat(bundle.text())
        .startsWith("5 messages of 5 incidents in one:")
        .contains("- 2/1", "- 6/1");
    assertThat(bundle.incident().title()).contains("the worst: Part ");

    outbox.commit(
        new Commit(List.of(), List.of(), List.of(), List.of(), List.of(message(7, CHAT, 1))));
    throttled.wake();
    eventually(
        SOON,
        () ->
            assertThat(ledger().getFirst().attempts())
                .singleElement()
                .satisfies(it -> assertThat(it.detail()).startsWith("held back: more than 2")));
    assertThat(bundles).hasSize(2);
    now.set(T0.plusSeconds(60));
    throttled.wake();
    eventually(SOON, () -> assertThat(bundles).hasSize(3));
    throttled.close();
  }

  @Test
  void aReceiverThatHangsDelaysOnlyItsOwn() {
    channels.put(CHAT, message -> hanging);
    answer(OPS, new SendResult.Delivered("200"));
    relay.start();
    var messages = new ArrayList<Message>();
    for (int i = 0; i < 20; i++) {
      messages.add(message(i, CHAT, 1));
    }
    messages.add(message(1, OPS, 1));
    plan(messages.toArray(Message[]::new));
    eventually(SOON, () -> assertThat(sent).containsExactly("1/1"));
  }

  @Test
  void noMoreThanTheCapGoToOneDestinationAtATime() {
    var open = new AtomicInteger();
    var most = new AtomicInteger();
    var held = new CopyOnWriteArrayList<CompletableFuture<SendResult>>();
    channels.put(
        OPS,
        message -> {
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
          var answer = new CompletableFuture<SendResult>();
          held.add(answer);
          return answer;
        });
    relay.start();
    var messages = new ArrayList<Message>();
    for (int i = 0; i < 12; i++) {
      messages.add(message(i, OPS, 1));
    }
    plan(messages.toArray(Message[]::new));
    eventually(
        SOON,
        () -> {
          for (CompletableFuture<SendResult> answer : held) {
            if (!answer.isDone()) {
              // Counted down first: the relay may send the next before complete() returns.
              open.decrementAndGet();
              answer.complete(new SendResult.Delivered("200"));
            }
          }
          assertThat(held).hasSize(12);
        });
    assertThat(most.get()).isBetween(1, RelaySettings.DEFAULT.perDestination());
  }

  @Test
  void aFailedAttemptIsTriedAgainWithGrowingPausesUntilTheMessageIsTooOld() {
    answer(OPS, new SendResult.Retry("503", Optional.empty()));
    relay.start();
    plan(message(1, OPS, 1));
    eventually(SOON, () -> assertThat(fates).containsExactly(AttemptListener.Fate.RETRY));
    Delivery once = ledger().getFirst();
    assertThat(Duration.between(T0, once.nextAttemptAt()))
        .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));

    now.set(T0.plusSeconds(10));
    relay.wake();
    eventually(SOON, () -> assertThat(ledger().getFirst().attempts()).hasSize(2));
    assertThat(Duration.between(now.get(), ledger().getFirst().nextAttemptAt()))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));

    now.set(T0.plus(RelaySettings.DEFAULT.giveUpAfter()));
    relay.wake();
    eventually(SOON, () -> assertThat(ledger().getFirst().state()).isEqualTo(Delivery.State.DEAD));
    assertThat(fates).last().isEqualTo(AttemptListener.Fate.DEAD);
  }

  @Test
  void theTimeThatTheReceiverNamesIsRespected() {
    answer(OPS, new SendResult.Retry("429", Optional.of(Duration.ofMinutes(2))));
    relay.start();
    plan(message(1, OPS, 1));
    eventually(
        SOON, () -> assertThat(ledger().getFirst().nextAttemptAt()).isEqualTo(T0.plusSeconds(120)));
  }

  @Test
  void whenAReceiverAnswersAgainWhatWaitedForItGoesAtOnce() {
    var held = Optional.of(Duration.ofMinutes(5));
    answer(CHAT, new SendResult.Retry(Breaker.NOT_TRIED + "the receiver is down", held));
    relay.start();
    plan(message(1, CHAT, 1), message(2, CHAT, 1));
    eventually(
        SOON,
        () ->
            assertThat(ledger())
                .extracting(Delivery::nextAttemptAt)
                .containsOnly(T0.plus(held.get())));
    answer(CHAT, new SendResult.Delivered("200"));
    plan(message(3, CHAT, 1));
    eventually(
        SOON,
        () ->
            assertThat(ledger())
                .extracting(Delivery::state)
                .containsOnly(Delivery.State.DELIVERED));
    assertThat(now.get()).as("no time has passed").isEqualTo(T0);
  }

  @Test
  void whatWasNotTriedLengthensNoPause() {
    for (int i = 0; i < 9; i++) {
      answer(
          OPS,
          new SendResult.Retry(
              Breaker.NOT_TRIED + "it is down", Optional.of(Duration.ofSeconds(30))));
      if (i == 0) {
        relay.start();
        plan(message(1, OPS, 1));
      }
      int tries = i + 1;
      eventually(SOON, () -> assertThat(ledger().getFirst().attempts()).hasSize(tries));
      now.set(now.get().plusSeconds(30));
      relay.wake();
    }
    answer(OPS, new SendResult.Retry("503", Optional.empty()));
    now.set(now.get().plusSeconds(30));
    relay.wake();
    eventually(
        SOON, () -> assertThat(ledger().getFirst().attempts().getLast().detail()).isEqualTo("503"));
    assertThat(Duration.between(now.get(), ledger().getFirst().nextAttemptAt()))
        .isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aRefusalIsFinalAndFreesTheLane() {
    var first = new AtomicInteger();
    channels.put(
        OPS,
        message -> {
          sent.add(message.text());
          return CompletableFuture.completedFuture(
              first.getAndIncrement() == 0
                  ? new SendResult.Refused("400")
                  : new SendResult.Delivered("200"));
        });
    relay.start();
    plan(message(1, OPS, 1), message(1, OPS, 2));
    eventually(SOON, () -> assertThat(sent).containsExactly("1/1", "1/2"));
  }

  @Test
  void aMessageToADestinationThatWasRemovedBecomesADeadLetterThatSaysSo() {
    relay.start();
    plan(message(1, OPS, 1));
    eventually(SOON, () -> assertThat(ledger().getFirst().state()).isEqualTo(Delivery.State.DEAD));
    assertThat(ledger().getFirst().attempts().getFirst().detail())
        .isEqualTo("no such destination is configured any more");
  }

  @Test
  void aChannelThatThrowsCountsAsAFailedAttempt() {
    channels.put(
        OPS,
        message -> {
          throw new IllegalStateException("a bug");
        });
    relay.start();
    plan(message(1, OPS, 1));
    eventually(SOON, () -> assertThat(fates).containsExactly(AttemptListener.Fate.RETRY));
  }

  @Test
  void pausesDoubleFromOneSecondToFiveMinutes() {
    assertThat(RelaySettings.DEFAULT.pause(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(RelaySettings.DEFAULT.pause(4)).isEqualTo(Duration.ofSeconds(8));
    assertThat(RelaySettings.DEFAULT.pause(40)).isEqualTo(Duration.ofMinutes(5));
  }
}
