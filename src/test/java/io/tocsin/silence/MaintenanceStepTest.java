package io.tocsin.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.silence.MaintenanceStep.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MaintenanceStepTest {

  private static final Instant START = Instant.parse("2026-11-21T14:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Maintenance PLANNED =
      new Maintenance("m1", "New disks", "", List.of("Web app"), START, START.plus(HOUR), "ann");

  private static List<Kind> due(Set<Kind> told, Duration after) {
    return MaintenanceStep.due(PLANNED, told, HOUR, START.plus(after)).stream()
        .map(MaintenanceStep::kind)
        .toList();
  }

  @Test
  void eachStepIsDueAtItsTime() {
    assertThat(due(Set.of(), HOUR.multipliedBy(-30))).containsExactly(Kind.ANNOUNCED);
    assertThat(due(EnumSet.of(Kind.ANNOUNCED), HOUR.negated().minusSeconds(1))).isEmpty();
    assertThat(due(EnumSet.of(Kind.ANNOUNCED), HOUR.negated())).containsExactly(Kind.REMINDED);
    assertThat(due(EnumSet.of(Kind.ANNOUNCED, Kind.REMINDED), Duration.ZERO))
        .containsExactly(Kind.STARTED);
    assertThat(due(EnumSet.complementOf(EnumSet.of(Kind.COMPLETED)), HOUR))
        .containsExactly(Kind.COMPLETED);
    assertThat(due(EnumSet.allOf(Kind.class), HOUR.multipliedBy(9))).isEmpty();
  }

  @Test
  void workThatBeganIsNotRecalledAndWhatWasSleptThroughIsTold() {
    assertThat(due(EnumSet.of(Kind.ANNOUNCED), Duration.ofMinutes(1)))
        .containsExactly(Kind.STARTED);
    assertThat(due(EnumSet.of(Kind.ANNOUNCED), HOUR.multipliedBy(2)))
        .containsExactly(Kind.STARTED, Kind.COMPLETED);
    assertThat(MaintenanceStep.due(PLANNED, EnumSet.of(Kind.ANNOUNCED), HOUR, START.plus(HOUR)))
        .extracting(MaintenanceStep::at)
        .containsExactly(START, START.plus(HOUR));
  }

  @Property(tries = 200)
  void howeverOftenOneLooksEachStepIsToldOnceAndInOrder(
      @ForAll @Size(max = 20) List<@IntRange(min = -180, max = 180) Integer> minutes) {
    var works = new InMemoryMaintenanceStore();
    works.save(PLANNED);
    var store = new InMemoryMaintenanceStepStore(works);
    for (int minute : minutes.stream().sorted().toList()) {
      Instant now = START.plus(Duration.ofMinutes(minute));
      for (int node = 0; node < 2; node++) {
        for (MaintenanceStep step : MaintenanceStep.due(PLANNED, Set.of(), HOUR, now)) {
          store.tell(step);
        }
      }
    }
    List<Kind> told = store.endingAfter(Instant.EPOCH).stream().map(MaintenanceStep::kind).toList();
    assertThat(told).doesNotHaveDuplicates().isSorted();
  }
}
