package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

  private Instant wall = T0;
  private long nanos = 7;
  private final SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);

  private Instant after(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
    return clock.instant();
  }

  @Test
  void itFollowsTheMachineAndItsJumpsForward() {
    assertThat(after(Duration.ofSeconds(9))).isEqualTo(T0.plusSeconds(9));
    wall = wall.plusSeconds(3_600);
    assertThat(clock.instant()).isEqualTo(T0.plusSeconds(3_609));
  }

  @Test
  void aJumpBackIsNotSeenAndIsMadeUpForSlowly() {
    assertThat(after(Duration.ofSeconds(10))).isEqualTo(T0.plusSeconds(10));
    wall = wall.minus(Duration.ofMinutes(5));
    Instant before = clock.instant();
    assertThat(before).isEqualTo(T0.plusSeconds(10));
    assertThat(after(Duration.ofSeconds(100))).isEqualTo(T0.plusSeconds(109));
    Instant last = before;
    for (int minute = 0; minute < 600; minute++) {
      Instant now = after(Duration.ofMinutes(1));
      assertThat(now).isAfter(last);
      last = now;
    }
    assertThat(last).isEqualTo(wall);
  }

  @Test
  void aTimeThatWasFarWrongIsLeft() {
    wall = wall.minus(Duration.ofHours(2));
    assertThat(clock.instant()).isEqualTo(wall);
  }
}
