package io.tocsin.notify;

import static io.tocsin.notify.ThrottleGauge.Plan.Go;
import static io.tocsin.notify.ThrottleGauge.Plan.Hold;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ThrottleTest {

  private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
  private static final Throttle FIVE = new Throttle(5, Duration.ofMinutes(1));

  @Test
  void whatFitsGoesAloneTheRestTogetherAndThenNothingUntilThereIsRoom() {
    var gauge = new ThrottleGauge(FIVE);
    assertThat(gauge.plan(3, T0)).isEqualTo(new Go(3, 0));
    assertThat(gauge.plan(9, T0.plusSeconds(10))).isEqualTo(new Go(1, 8));
    assertThat(gauge.plan(1, T0.plusSeconds(20))).isEqualTo(new Hold(T0.plusSeconds(60)));
    assertThat(gauge.plan(7, T0.plusSeconds(60))).isEqualTo(new Go(2, 5));
  }

  @Test
  void aClockThatJumpedBackKeepsNobodyQuietForLong() {
    var gauge = new ThrottleGauge(FIVE);
    assertThat(gauge.plan(5, T0)).isEqualTo(new Go(5, 0));
    assertThat(gauge.plan(1, T0.minusSeconds(300))).isEqualTo(new Go(1, 0));
  }

  /** However they come: never more than five sendings within any minute, and none is forgotten. */
  @Property(tries = 200)
  void neverMoreThanItsBoundWithinItsTime(
      @ForAll @Size(max = 60) List<@IntRange(max = 8) Integer> coming) {
    var gauge = new ThrottleGauge(FIVE);
    var sendings = new ArrayDeque<Instant>();
    int waiting = 0;
    int came = 0;
    int gone = 0;
    Instant now = T0;
    for (int more : coming) {
      now = now.plusSeconds(7);
      waiting += more;
      came += more;
      if (waiting > 0 && gauge.plan(waiting, now) instanceof Go go) {
        for (int i = 0; i < go.alone() + (go.together() > 0 ? 1 : 0); i++) {
          sendings.add(now);
        }
        gone += go.alone() + go.together();
        waiting -= go.alone() + go.together();
      }
      Instant since = now.minus(FIVE.within());
      sendings.removeIf(at -> !at.isAfter(since));
      assertThat(sendings.size()).isLessThanOrEqualTo(FIVE.messages());
    }
    assertThat(gone + waiting).isEqualTo(came);
  }
}
