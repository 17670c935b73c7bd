package io.tocsin.engine;

import static io.tocsin.Eventually.eventually;
import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Evaluation;
import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.InMemoryOutbox;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} between what the engine, the relay and the direct way out do, with their real
 * threads: whatever they ask of the outbox, and every sending, is a boundary before and after. What
 * was told directly while the database was away, and forgotten with the process, is told again
 * under the same key with the same words.
 */
class KilledSenderTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final List<Evaluation> TROUBLE =
      List.of(breaching("Down", "critical"), breaching("Slow", "high"));

  /** To two destinations each. */
  private static final int MESSAGES = 2 * TROUBLE.size();

  private static final Set<String> THERE =
      Set.of(
          "before commit",
          "after commit",
          "before lease",
          "after lease",
          "before record",
          "after record",
          "before hasten",
          "after hasten",
          "before send",
          "after send");

  private static final List<MortalSender> LIVES = new ArrayList<>();

  /** What all receivers got, by key: each content and how often. */
  private final Map<String, List<String>> received = new TreeMap<>();

  private static Evaluation breaching(String name, String severity) {
    AlertSpec rule = rule(name);
    return found(rule, T0, breach(rule, "component", name, "severity", severity));
  }

  /** All at once at the end: each waits for its threads. */
  @AfterAll
  static void bury() {
    try (ExecutorService graves = Executors.newVirtualThreadPerTaskExecutor()) {
      LIVES.forEach(life -> graves.submit(Executors.callable(life::close)));
    }
  }

  private synchronized void receive(Message message) {
    received
        .computeIfAbsent(message.idempotencyKey(), key -> new ArrayList<>())
        .add(message.text() + " | " + message.incident().state() + " | " + message.reason());
  }

  private synchronized Map<String, List<String>> received() {
    return new TreeMap<>(received);
  }

  /** Tells the story, and goes on with it in a second life when the first one was ended. */
  private MortalSender tell(boolean away, String killAt) {
    received.clear();
    var store = new InMemoryIncidentStore();
    var durable = new InMemoryOutbox(store);
    var now = new AtomicReference<>(T0);
    MortalSender first = live(durable, store, now, killAt);
    first.away(away);
    trouble(first);
    if (away) {
      eventually(SOON, () -> assertThat(first.dead() || first.toldDirectly(MESSAGES)).isTrue());
      first.away(false);
    }
    eventually(
        SOON,
        () -> assertThat(killAt.isEmpty() ? told(durable) : first.dead()).as(killAt).isTrue());
    if (first.dead()) {
      // Leases of the dead run out.
      now.set(T0.plus(Duration.ofMinutes(3)));
      trouble(live(durable, store, now, ""));
      eventually(SOON, () -> assertThat(told(durable)).as(killAt).isTrue());
    }
    assertThat(keys(durable)).isEqualTo(received().keySet());
    return first;
  }

  private MortalSender live(
      InMemoryOutbox durable,
      InMemoryIncidentStore store,
      AtomicReference<Instant> now,
      String killAt) {
    var life = new MortalSender(durable, store, now::get, this::receive, killAt);
    LIVES.add(life);
    life.start();
    return life;
  }

  private static void trouble(MortalSender life) {
    int open = 0;
    for (Evaluation evaluation : TROUBLE) {
      int expected = ++open;
      life.submit(evaluation);
      eventually(SOON, () -> assertThat(life.dead() || life.open() >= expected).isTrue());
    }
  }

  private static boolean told(Outbox durable) {
    List<Delivery> all = durable.deliveries(Optional.empty(), 100);
    return all.size() == MESSAGES
        && all.stream().allMatch(delivery -> delivery.state() == Delivery.State.DELIVERED);
  }

  private static Set<String> keys(Outbox durable) {
    var keys = new TreeSet<String>();
    durable
        .deliveries(Optional.empty(), 100)
        .forEach(delivery -> keys.add(delivery.message().idempotencyKey()));
    return keys;
  }

  private void killedEverywhere(boolean away, Set<String> expected) {
    MortalSender undisturbed = tell(away, "");
    Map<String, List<String>> whole = received();
    eventually(
        SOON,
        () ->
            assertThat(undisturbed.passed())
                .as("a boundary that this test does not know, or no longer meets")
                .isEqualTo(expected));
    whole.forEach((key, contents) -> assertThat(contents).as(key).hasSize(1));
    for (String boundary : expected) {
      tell(away, boundary);
      Map<String, List<String>> seen = received();
      assertThat(seen.keySet()).as(boundary).isEqualTo(whole.keySet());
      seen.forEach(
          (key, contents) ->
              assertThat(contents)
                  .as(boundary + ": " + key)
                  .containsOnly(whole.get(key).getFirst()));
    }
  }

  @Test
  void killedAtAnyBoundaryOfTheRelayTheSameMessagesArrive() {
    killedEverywhere(false, THERE);
  }

  @Test
  void killedAtAnyBoundaryWhileTheDatabaseIsAwayTheSameMessagesArrive() {
    var expected = new TreeSet<>(THERE);
    expected.removeAll(Set.of("before send", "after send"));
    expected.addAll(Set.of("before direct send", "after direct send"));
    killedEverywhere(true, expected);
  }
}
