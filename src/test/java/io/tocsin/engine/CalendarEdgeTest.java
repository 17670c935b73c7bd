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
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An incident lies over a change of the clock, a leap day or a turn of the year: escalation and
 * clocks count minutes that pass, not what clocks on walls show.
 */
class CalendarEdgeTest {

  private final AlertSpec down = rule("Down");
  private final TimeZone before = TimeZone.getDefault();

  @BeforeEach
  void aPlaceWithSummerTime() {
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
  }

  @AfterEach
  void asItWas() {
    TimeZone.setDefault(before);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29T00:50:00Z, 0",
    "2026-03-29T00:50:00Z, -5",
    "2026-10-25T00:50:00Z, 0",
    "2026-10-25T00:50:00Z, -5",
    "2028-02-28T23:50:00Z, 0",
    "2028-02-29T23:50:00Z, -5",
    "2028-12-31T23:50:00Z, 0"
  })
  void everyStepIsTakenOnceAndInTime(Instant opening, int jump) {
    Road road = new Road();
    road.jump(Duration.between(road.now(), opening));
    road.take(
        found(down, road.now(), breach(down, "component", "Database", "severity", "critical")));
    road.pass(Duration.ofMinutes(12));
    road.jump(Duration.ofMinutes(jump));
    road.pass(Duration.ofMinutes(60));

    List<Long> minutes =
        road.events().stream()
            .filter(event -> event.change() instanceof Change.Escalated)
            .map(event -> Duration.between(opening, event.at()).toMinutes())
            .toList();
    assertThat(minutes).containsExactly(15L, 45L);
    assertThat(road.sent()).extracting(Message::idempotencyKey).doesNotHaveDuplicates();
    for (String receiver : List.of("ops", "level2", "engineering")) {
      assertThat(road.sent()).anyMatch(m -> m.destination().receiver().equals(receiver));
    }
    Incident open = road.onlyOpen();
    assertThat(open.openedAt()).isEqualTo(opening);
    assertThat(new IncidentFold(SeverityPolicy.OWNERS).fold(road.events()).clocks())
        .isEqualTo(open.clocks());
    assertThat(
            road.events().stream()
                .filter(event -> event.change() instanceof Change.ClockBreached)
                .map(event -> ((Change.ClockBreached) event.change()).clock()))
        .doesNotHaveDuplicates()
        .isNotEmpty();
  }
}
