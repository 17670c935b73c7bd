package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.incident.Actor;
import io.tocsin.incident.InMemoryIncidentStore;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.InMemoryOutbox;
import io.tocsin.notify.Message;
import io.tocsin.notify.SendResult;
import io.tocsin.silence.Silences;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The process is killed at every step boundary of the road, one after the other: decided but not
 * committed, committed but not taken over, leased but not sent, sent but not recorded. After each,
 * the same incidents and the same messages must come out as without any.
 */
class CrashTest {

  private static final AlertSpec DOWN = rule("Down");
  private static final AlertSpec SLOW = rule("Slow", Duration.ofSeconds(20), Duration.ZERO);
  private static final Duration LEASE = Duration.ofSeconds(1);

  /** Where the process can end. */
  private enum Boundary {
    DECIDED,
    COMMITTED,
    LEASED,
    SENT,
    RECORDED
  }

  /** Thrown in the place of a kill. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A whole story, killed when so many boundaries were passed. */
  private static final class Story {
    private final int killAt;
    private final EvaluationCycle cycle = new EvaluationCycle(Road.POLICIES);
    private final InMemoryIncidentStore store = new InMemoryIncidentStore();
    private final InMemoryOutbox outbox = new InMemoryOutbox(store);
    private final Map<String, String> received = new LinkedHashMap<>();
    private final List<String> order = new ArrayList<>();
    private EngineState state = EngineState.EMPTY;
    private EvaluationCycle running = cycle;
    private Instant now = T0;
    private int passed;
    private int kills;

    Story(int killAt) {
      this.killAt = killAt;
    }

    Story tell() {
      for (int second = 0; second <= 120; second++) {
        now = T0.plusSeconds(second);
        step(second);
      }
      return this;
    }

    private void step(int second) {
      while (true) {
        try {
          turn(evaluations(second), orders(second));
          relay();
          return;
        } catch (Killed killed) {
          kills++;
          running = new EvaluationCycle(Road.POLICIES);
          state = Restart.from(outbox, store, now).state();
          now = now.plus(LEASE);
        }
      }
    }

    private static List<Evaluation> evaluations(int second) {
      Instant at = T0.plusSeconds(second);
      Breach database = breach(DOWN, "component", "Database", "severity", "critical");
      Breach web = breach(SLOW, "component", "Web app");
      return List.of(
          second < 60 ? found(DOWN, at, database) : found(DOWN, at),
          second >= 10 && second < 90 ? found(SLOW, at, web) : found(SLOW, at));
    }

    /** Somebody acknowledges at the 15th second, and repeats it when it was not answered. */
    private List<Order> orders(int second) {
      Optional<Incident> open =
          state.incidents().open().stream()
              .filter(incident -> incident.acknowledgedAt().isEmpty())
              .findFirst();
      return second == 15 && open.isPresent()
          ? List.of(
              new Order(
                  Optional.of(open.get().id()),
                  new IncidentCommand.Acknowledge(),
                  Actor.person("Ana"),
                  Optional.empty()))
          : List.of();
    }

    private void turn(List<Evaluation> evaluations, List<Order> orders) {
      var inputs = new EvaluationCycle.Inputs(evaluations, Set.of(), orders);
      EvaluationCycle.Result result = running.run(state, inputs, Silences.NONE, now);
      boolean matters = !result.commit().isEmpty();
      pass(Boundary.DECIDED, matters);
      outbox.commit(result.commit());
      pass(Boundary.COMMITTED, matters);
      state = result.next();
    }

    private void relay() {
      for (Delivery delivery = lease(); delivery != null; delivery = lease()) {
        pass(Boundary.LEASED, true);
        send(delivery.message());
        pass(Boundary.SENT, true);
        outbox.record(
            delivery.id(),
            new Delivery.Attempt(now, Duration.ZERO, true, "200"),
            new SendResult.Delivered("200"),
            Optional.empty());
        pass(Boundary.RECORDED, true);
      }
    }

    private Delivery lease() {
      List<Delivery> leased = outbox.lease(now, LEASE, 1);
      return leased.isEmpty() ? null : leased.getFirst();
    }

    /** A receiver that knows a message by its key, as all of ours are told to do. */
    private void send(Message message) {
      String content = message.text() + " " + message.incident().state();
      String before = received.putIfAbsent(message.idempotencyKey(), content);
      if (before == null) {
        order.add(message.idempotencyKey());
      } else {
        assertThat(content).as(message.idempotencyKey()).isEqualTo(before);
      }
    }

    private void pass(Boundary boundary, boolean counts) {
      if (counts && passed++ == killAt) {
        throw new Killed();
      }
    }

    List<String> lane(String destination) {
      return order.stream().filter(key -> key.endsWith(destination)).toList();
    }
  }

  @Test
  void killedAtAnyBoundaryTheSameIncidentsAndTheSameMessagesComeOut() {
    Story whole = new Story(Integer.MAX_VALUE).tell();
    assertThat(whole.received.size()).isGreaterThanOrEqualTo(8);
    for (int boundary = 0; boundary < whole.passed; boundary++) {
      Story killed = new Story(boundary).tell();
      assertThat(killed.kills).as("boundary %d", boundary).isEqualTo(1);
      assertThat(killed.received.keySet())
          .as("boundary %d", boundary)
          .isEqualTo(whole.received.keySet());
      assertThat(killed.lane("webhook/0"))
          .as("order at boundary %d", boundary)
          .containsExactlyElementsOf(whole.lane("webhook/0"));
      assertThat(incidents(killed)).as("boundary %d", boundary).isEqualTo(incidents(whole));
    }
  }

  private static List<String> incidents(Story story) {
    return story.state.incidents().ended().stream()
        .map(i -> i.number() + " " + i.id() + " " + i.severity() + " " + i.acknowledgedBy())
        .sorted()
        .toList();
  }
}
