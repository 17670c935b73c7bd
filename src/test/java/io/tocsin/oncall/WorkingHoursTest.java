package io.tocsin.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WorkingHoursTest {

  private final WorkingHours office =
      new WorkingHours(Rotas.BERLIN, List.of(Rotas.businessHours()));

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  @Test
  void aTargetRunsOnlyWhilePeopleWork() {
    // Friday 16:00 in Berlin: one hour is left of the day, three more follow on Monday.
    assertThat(office.plus(at("2026-03-06T15:00:00Z"), Duration.ofHours(4)))
        .isEqualTo(at("2026-03-09T11:00:00Z"));
    assertThat(office.between(at("2026-03-06T15:00:00Z"), at("2026-03-09T11:00:00Z")))
        .isEqualTo(Duration.ofHours(4));
  }

  @Test
  void theChangeToSummerTimeKeepsTheHoursOfTheWall() {
    assertThat(office.plus(at("2026-03-27T15:30:00Z"), Duration.ofHours(1)))
        .isEqualTo(at("2026-03-30T07:30:00Z"));
  }

  @Property(tries = 100)
  void whatIsAddedLiesBetween(
      @ForAll @IntRange(min = 0, max = 1_000_000) int offset,
      @ForAll @IntRange(min = 1, max = 400_000) int seconds) {
    Instant start = at("2026-03-01T00:00:00Z").plusSeconds(offset);
    Duration work = Duration.ofSeconds(seconds);
    assertThat(office.between(start, office.plus(start, work))).isEqualTo(work);
  }
}
