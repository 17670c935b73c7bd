package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProbeScheduleTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long EPOCH_MILLIS = 1_800_000_000_123L;

  private static final Duration SOON = ProbeSchedule.FIRST_WITHIN;

  private static List<Long> runs(ProbeSchedule<String> schedule, long untilNanos) {
    var times = new ArrayList<Long>();
    for (long now = 0; now < untilNanos; now += SECOND / 1000) {
      schedule.poll(now).ifPresent(due -> times.add(due.atNanos()));
    }
    return times;
  }

  @Test
  void runsSoonAndThenOncePerIntervalWithoutDrift() {
    var schedule = new ProbeSchedule<String>(EPOCH_MILLIS, 0);
    schedule.add("web", Duration.ofSeconds(30), "web", 0, SOON);

    List<Long> times = runs(schedule, 200 * SECOND);

    assertThat(times.getFirst()).isLessThan(ProbeSchedule.FIRST_WITHIN.toNanos());
    assertThat(times.get(1) - times.get(0)).isBetween(15 * SECOND, 45 * SECOND);
    for (int i = 2; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isEqualTo(30 * SECOND);
    }
  }

  @Test
  void aRestartKeepsThePlaceInTheInterval() {
    var first = new ProbeSchedule<String>(EPOCH_MILLIS, 0);
    var second = new ProbeSchedule<String>(EPOCH_MILLIS + 12_345, 7 * SECOND);
    first.add("web", Duration.ofSeconds(10), "web", 0, SOON);
    second.add("web", Duration.ofSeconds(10), "web", 7 * SECOND, SOON);

    long one = runs(first, 60 * SECOND).getLast();
    long other = runs(second, 67 * SECOND).getLast() - 7 * SECOND + 12_345_000_000L;

    assertThat(Math.floorMod(one - other, 10 * SECOND)).isZero();
  }

  @Property(tries = 50)
  void manyChecksSpreadEvenlyOverTheInterval(@ForAll @IntRange(min = 0, max = 1000) int salt) {
    var schedule = new ProbeSchedule<String>(EPOCH_MILLIS, 0);
    for (int i = 0; i < 1000; i++) {
      String name = "check-" + salt + "-" + i;
      schedule.add(name, Duration.ofSeconds(1), name, 0, SOON);
    }
    while (schedule.poll(2 * SECOND).isPresent()) {
      continue; // the first runs, which come more and more densely
    }
    var perTenth = new int[10];
    for (var due = schedule.poll(4 * SECOND); due.isPresent(); due = schedule.poll(4 * SECOND)) {
      perTenth[(int) (Math.floorMod(due.get().atNanos(), SECOND) * 10 / SECOND)]++;
    }
    assertThat(Arrays.stream(perTenth)).allMatch(count -> count >= 60 && count <= 140);
  }

  @Test
  void runsThatWereMissedAreNotMadeUpFor() {
    var schedule = new ProbeSchedule<String>(EPOCH_MILLIS, 0);
    schedule.add("web", Duration.ofSeconds(1), "web", 0, SOON);
    schedule.poll(2 * SECOND);

    assertThat(schedule.poll(100 * SECOND)).isPresent();
    assertThat(schedule.poll(100 * SECOND)).isEmpty();
    assertThat(schedule.untilNext(100 * SECOND))
        .hasValueSatisfying(nanos -> assertThat(nanos).isBetween(1L, SECOND));
  }

  @Test
  void manyChecksBeginMoreAndMoreDensely() {
    var schedule = new ProbeSchedule<String>(EPOCH_MILLIS, 0);
    Duration start = ProbeSchedule.gently(5000);
    for (int i = 0; i < 5000; i++) {
      schedule.add("check-" + i, Duration.ofHours(1), "", 0, start);
    }
    var perQuarter = new int[4];
    for (int quarter = 0; quarter < 4; quarter++) {
      long until = start.toNanos() / 4 * (quarter + 1);
      while (schedule.poll(until).isPresent()) {
        perQuarter[quarter]++;
      }
    }
    assertThat(start).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(15));
    assertThat(perQuarter[0]).isBetween(220, 400);
    assertThat(perQuarter[3]).isBetween(2000, 2400);
    assertThat(Arrays.stream(perQuarter).sum()).isEqualTo(5000);
    assertThat(ProbeSchedule.gently(1)).isEqualTo(ProbeSchedule.FIRST_WITHIN);
    assertThat(ProbeSchedule.gently(1_000_000)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void anEmptyScheduleIsNeverDue() {
    var schedule = new ProbeSchedule<String>(EPOCH_MILLIS, 0);

    assertThat(schedule.poll(SECOND)).isEmpty();
    assertThat(schedule.untilNext(SECOND)).isEmpty();
  }
}
