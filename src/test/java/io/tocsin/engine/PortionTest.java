package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.silence.Silences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Commands go along with a storm, and no commit is long. */
class PortionTest {
  private static final AlertSpec DOWN = rule("Down");

  private final Inbox inbox = new Inbox();
  private final EvaluationCycle cycle = new EvaluationCycle(Road.POLICIES);
  private EngineState state = EngineState.EMPTY;

  private static Evaluation storm(int alerts) {
    return Evaluation.found(
        DOWN, T0, IntStream.range(0, alerts).mapToObj(i -> breach(DOWN, "host", "h" + i)).toList());
  }

  private static Evaluation one(int host) {
    Breach breach = breach(DOWN, "host", "h" + host);
    return new Evaluation(
        DOWN,
        T0,
        new Evaluation.Scope.Only(Set.of(breach.labels())),
        new Evaluation.Outcome.Found(List.of(breach)));
  }

  private static Ask ask(String title) {
    var command = new IncidentCommand.Declare(title, Severity.LOW, List.of());
    var order = new Order(Optional.empty(), command, Actor.person("Ana"), Optional.empty());
    return new Ask(order, new CompletableFuture<>());
  }

  /** What one cycle took, which is carried out: commands and changed alerts. */
  private record Turn(int commands, int alerts) {}

  private Turn turn() throws InterruptedException {
    Inbox.Batch waiting = inbox.take(Duration.ZERO, () -> true);
    Portion portion = Portion.of(waiting, inbox, cycle, state, T0);
    List<Order> orders = portion.batch().asks().stream().map(Ask::order).toList();
    state = cycle.run(state, portion.alerts(), orders, Silences.NONE, true, T0).next();
    return new Turn(orders.size(), portion.alerts().changed().size());
  }

  @Test
  void aCommandGoesWithTheNextPieceOfAStorm() throws InterruptedException {
    inbox.offer(storm(1_000));
    inbox.offer(ask("one"));
    var turns = new ArrayList<Turn>();
    turns.add(turn());
    turns.add(turn());
    inbox.offer(ask("two"));
    inbox.offer(ask("three"));
    turns.add(turn());
    assertThat(turns)
        .containsExactly(
            new Turn(1, Portion.PIECE), new Turn(0, Portion.PIECE), new Turn(2, Portion.PIECE));
  }

  @Test
  void commandsAreTakenAlsoWhenThereIsNoRoomForAlerts() throws InterruptedException {
    inbox.offer(storm(10));
    inbox.offer(ask("one"));
    Inbox.Batch batch = inbox.take(Duration.ZERO, () -> false);
    assertThat(batch.asks()).hasSize(1);
    assertThat(batch.evaluations()).isEmpty();
    assertThat(inbox.take(Duration.ZERO, () -> false).asksForCycle()).isFalse();
    assertThat(inbox.take(Duration.ZERO, () -> true).evaluations()).hasSize(1);
  }

  @Test
  void aStormIsTakenInAsManyPiecesAsItNeeds() throws InterruptedException {
    inbox.offer(storm(1_000));
    int turns = 0;
    while (inbox.depth() > 0) {
      assertThat(turn().alerts()).isLessThanOrEqualTo(Portion.PIECE);
      turns++;
    }
    assertThat(state.alerts().firing()).hasSize(1_000);
    assertThat(turns).isLessThanOrEqualTo(Math.ceilDiv(1_000, Portion.PIECE) + 1);
  }

  @Test
  void manySmallEvaluationsShareACommit() throws InterruptedException {
    IntStream.range(0, 450).forEach(i -> inbox.offer(one(i)));
    int turns = 0;
    while (inbox.depth() > 0) {
      assertThat(turn().alerts()).isLessThanOrEqualTo(Portion.PIECE);
      turns++;
    }
    assertThat(state.alerts().firing()).hasSize(450);
    assertThat(turns).isEqualTo(Math.ceilDiv(450, Portion.PIECE));
  }

  @Test
  void aFewAlertsGoAlongWithACommand() throws InterruptedException {
    inbox.offer(storm(Portion.PIECE));
    inbox.offer(ask("one"));
    assertThat(turn()).isEqualTo(new Turn(1, Portion.PIECE));
  }
}
