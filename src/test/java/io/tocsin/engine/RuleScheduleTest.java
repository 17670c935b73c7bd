package io.tocsin.engine;

import static io.tocsin.Eventually.eventually;
import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.AlertExamples;
import io.tocsin.alert.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuleScheduleTest {
  private static final Duration SOON = Duration.ofSeconds(8);
  private static final Duration FAST = Duration.ofMillis(40);

  private final List<Evaluation> found = new CopyOnWriteArrayList<>();
  private final RuleSchedule schedule = new RuleSchedule(2, InstantSource.system(), found::add);

  @AfterEach
  void stop() throws InterruptedException {
    schedule.close();
  }

  private static List<Evaluation> result(Instant at) {
    return List.of(AlertExamples.found(AlertExamples.rule("Down"), at));
  }

  @Test
  void ticksKeepTheirPlaceWithinTheIntervalAndDifferBetweenGroups() {
    var offsets = new HashSet<Long>();
    for (int i = 0; i < 20; i++) {
      var group = new ScheduledGroup("g" + i, Duration.ofSeconds(60), at -> List.of());
      Instant first = group.tickAfter(T0);
      assertThat(first).isAfter(T0).isBeforeOrEqualTo(T0.plusSeconds(60));
      assertThat(group.tickAfter(first)).isEqualTo(first.plusSeconds(60));
      assertThat(group.tickAfter(first.minusMillis(1))).isEqualTo(first);
      offsets.add(first.toEpochMilli() % 60_000);
    }
    assertThat(offsets).hasSizeGreaterThan(15);
    assertThatThrownBy(() -> new ScheduledGroup("g", Duration.ZERO, at -> List.of()))
        .hasMessageContaining("interval: found PT0S");
  }

  @Test
  void aGroupRunsAtItsTicksAndHandsOverWhatItFound() {
    var group = new ScheduledGroup("fast", FAST, RuleScheduleTest::result);
    schedule.replace(List.of(group));
    eventually(SOON, () -> assertThat(found).hasSizeGreaterThanOrEqualTo(3));
    for (Evaluation evaluation : found) {
      Instant at = evaluation.at();
      assertThat(group.tickAfter(at.minusMillis(1))).isEqualTo(at);
    }
    assertThat(schedule.counts().get("fast").runs()).isPositive();
  }

  @Test
  void aSlowGroupMissesTicksInsteadOfPilingThemUpAndHoldsNobodyElseUp() {
    var release = new CountDownLatch(1);
    var slow =
        new ScheduledGroup(
            "slow",
            FAST,
            at -> {
              await(release);
              return List.of();
            });
    schedule.replace(List.of(slow, new ScheduledGroup("fast", FAST, RuleScheduleTest::result)));
    eventually(SOON, () -> assertThat(schedule.counts().get("slow").missed()).isPositive());
    eventually(SOON, () -> assertThat(found).hasSizeGreaterThanOrEqualTo(2));
    release.countDown();
    eventually(SOON, () -> assertThat(schedule.counts().get("slow").runs()).isPositive());
  }

  @Test
  void groupsOfADeadSourceHoldUpNeitherOursNorThoseOfAnotherSource() {
    var release = new CountDownLatch(1);
    var groups = new ArrayList<ScheduledGroup>();
    for (int i = 0; i < 5; i++) {
      groups.add(
          new ScheduledGroup(
              "dead" + i,
              FAST,
              "source-dead",
              at -> {
                await(release);
                return List.of();
              }));
    }
    groups.add(new ScheduledGroup("here", FAST, RuleScheduleTest::result));
    groups.add(new ScheduledGroup("alive", FAST, "source-alive", RuleScheduleTest::result));
    schedule.replace(groups);
    eventually(SOON, () -> assertThat(schedule.counts().get("here").runs()).isPositive());
    eventually(SOON, () -> assertThat(schedule.counts().get("alive").runs()).isPositive());
    release.countDown();
  }

  @Test
  void aGroupThatThrowsIsCountedAndRunsAgain() {
    var group =
        new ScheduledGroup(
            "broken",
            FAST,
            at -> {
              throw new IllegalStateException("a bug");
            });
    schedule.replace(List.of(group));
    eventually(
        SOON, () -> assertThat(schedule.counts().get("broken").failed()).isGreaterThanOrEqualTo(2));
  }

  @Test
  void groupsThatWereReplacedRunNoMore() {
    schedule.replace(List.of(new ScheduledGroup("old", FAST, RuleScheduleTest::result)));
    eventually(SOON, () -> assertThat(found).isNotEmpty());
    var ticked = new CountDownLatch(3);
    schedule.replace(
        List.of(
            new ScheduledGroup(
                "new",
                FAST,
                at -> {
                  ticked.countDown();
                  return List.of();
                })));
    assertThat(schedule.counts()).containsOnlyKeys("new");
    await(ticked);
    int after = found.size();
    var more = new CountDownLatch(3);
    schedule.replace(
        List.of(
            new ScheduledGroup(
                "newer",
                FAST,
                at -> {
                  more.countDown();
                  return List.of();
                })));
    await(more);
    assertThat(found).hasSize(after);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(8, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
