package io.tocsin.web;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.statuspage.Fabricated;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockFaceTest {

  private static final ClockState RUNNING =
      Fabricated.clock(Clock.RESPONSE, NOW, 60, Optional.empty());

  private static ClockFace after(int minutes) {
    return ClockFace.of(RUNNING, NOW.plusSeconds(minutes * 60L));
  }

  @Test
  void aClockIsAmberFromThreeQuartersOnAndRedAfterItsTarget() {
    assertThat(after(44)).extracting(ClockFace::tone).isEqualTo(ClockFace.Tone.RUNNING);
    assertThat(after(45)).extracting(ClockFace::tone).isEqualTo(ClockFace.Tone.NEAR);
    assertThat(after(60)).extracting(ClockFace::tone).isEqualTo(ClockFace.Tone.NEAR);
    assertThat(after(61)).extracting(ClockFace::tone).isEqualTo(ClockFace.Tone.OVER);
    assertThat(after(45).words()).isEqualTo("15 min left");
    assertThat(after(61).words()).isEqualTo("1 min over");
  }

  @Test
  void aMetClockSaysHowLongItTookAndALateOneStaysRed() {
    var met = Fabricated.clock(Clock.RESPONSE, NOW, 60, Optional.of(NOW.plusSeconds(240)));
    var late = Fabricated.clock(Clock.RESPONSE, NOW, 60, Optional.of(NOW.plusSeconds(4_000)));
    assertThat(ClockFace.of(met, NOW.plusSeconds(9_000)))
        .isEqualTo(
            new ClockFace(
                "Respond", "done in 4 min", ClockFace.Tone.MET, "Due 21 Nov 2026, 15:05:12 UTC"));
    assertThat(ClockFace.of(late, NOW.plusSeconds(9_000)).tone()).isEqualTo(ClockFace.Tone.OVER);
  }
}
