package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.found;
import static io.tocsin.alert.AlertExamples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertSpec;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentFold;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.notify.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock is set while an incident is open: no page is lost and none is doubled. */
class ClockJumpTest {

  private final AlertSpec down = rule("Down");

  private Road broken() {
    Road road = new Road();
    road.take(
        found(down, road.now(), breach(down, "component", "Database", "severity", "critical")));
    return road;
  }

  private static List<Integer> steps(Road road) {
    return road.events().stream()
        .filter(event -> event.change() instanceof Change.Escalated)
        .map(event -> ((Change.Escalated) event.change()).step())
        .toList();
  }

  private static List<String> keys(Road road) {
    return road.sent().stream().map(Message::idempotencyKey).toList();
  }

  /** Jumps right after the opening, near a deadline, and right after a step was taken. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 14, 15, 16, 44, 46})
  void aJumpOfFiveMinutesEitherWayEscalatesEachStepOnceAndLosesNoPage(int minute) {
    for (Duration jump : List.of(Duration.ofMinutes(5), Duration.ofMinutes(-5))) {
      Road road = broken();
      road.pass(Duration.ofMinutes(minute));
      road.jump(jump);
      road.pass(Duration.ofMinutes(60));
      assertThat(steps(road)).as("%s at %d", jump, minute).containsExactly(1, 2);
      assertThat(keys(road)).as("%s at %d", jump, minute).doesNotHaveDuplicates();
      for (String receiver : List.of("ops", "level2", "engineering")) {
        assertThat(road.sent()).anyMatch(m -> m.destination().receiver().equals(receiver));
      }
      Incident folded = new IncidentFold(SeverityPolicy.OWNERS).fold(road.events());
      assertThat(folded.clocks()).isEqualTo(road.onlyOpen().clocks());
    }
  }
}
