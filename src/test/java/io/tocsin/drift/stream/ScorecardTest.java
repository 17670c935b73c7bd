package io.tocsin.drift.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values are the examples of River's drift.evaluate. */
class ScorecardTest {

  @Test
  void anAlarmInsideAWindowIsAHitAndEveryOtherIsFalse() {
    Scorecard card = score(List.of(110, 900), 100);

    assertThat(card.hits()).isEqualTo(1);
    assertThat(card.falseAlarms()).containsExactly(900);
    assertThat(card.precision()).isEqualTo(.5);
    assertThat(card.delay()).isEqualTo(10);
    assertThat(card.normalisedDelay()).isEqualTo(.2);
  }

  @Test
  void recallCountsAlarmsAndEpisodeRecallCountsDrifts() {
    assertThat(score(List.of(110, 130), 100, 500).recall()).isCloseTo(2 / 3., within(1e-12));
    assertThat(score(List.of(110, 130), 100, 500).episodeRecall()).isEqualTo(.5);
    assertThat(score(List.of(110, 900), 100, 500).f1()).isEqualTo(.5);
  }

  @Test
  void theDelayIsThatOfTheFirstHitOfEachDriftFound() {
    assertThat(score(List.of(110, 530), 100, 500, 900).delay()).isEqualTo(20);
  }

  @Test
  void falseAlarmsHaveAMeanGapAndTogetherTheyMakeOneScore() {
    assertThat(score(List.of(200, 300, 500)).betweenFalseAlarms()).isEqualTo(150);
    assertThat(score(List.of(110, 400, 700), 100, 900).meanTimeRatio()).isEqualTo(15);
  }

  @Test
  void bothEndsOfAWindowCountAndADriftMayTakeAWhile() {
    var slow = List.of(new Scorecard.Drift(100, 200));

    assertThat(Scorecard.of(List.of(95, 250, 251), slow, 50, 5).hits()).isEqualTo(2);
    assertThat(Scorecard.of(List.of(95), slow, 50, 5).delay()).isEqualTo(-5);
  }

  @Test
  void whatIsNotDefinedIsNoNumber() {
    assertThat(score(List.of(), 100).precision()).isNaN();
    assertThat(score(List.of(110)).episodeRecall()).isNaN();
    assertThat(score(List.of(900), 100).delay()).isNaN();
    assertThat(score(List.of(900), 100).betweenFalseAlarms()).isNaN();
  }

  private static Scorecard score(List<Integer> alarms, int... drifts) {
    return Scorecard.of(
        alarms, Arrays.stream(drifts).mapToObj(Scorecard.Drift::at).toList(), 50, 0);
  }
}
