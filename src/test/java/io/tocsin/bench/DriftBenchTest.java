package io.tocsin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The figures of the benches in small, so that a change that spoils them is seen. */
class DriftBenchTest {

  @Test
  void theDefaultDetectorIsAsSoonAsAdwinAndAsQuiet() {
    var detectors = DriftStreamBench.detectors();
    var adwin = detectors.get("ADWIN 32");
    var standard = detectors.get("ADWIN 1");
    var quickest = detectors.get("GLR");

    var jump = new DriftStreamBench.Jump(.2, .8, 1000);
    var slow = DriftStreamBench.abrupt(adwin, jump, 12);
    var soon = DriftStreamBench.abrupt(standard, jump, 12);
    var sooner = DriftStreamBench.abrupt(quickest, jump, 12);

    assertThat(soon.medianDelay()).isLessThanOrEqualTo(slow.medianDelay());
    assertThat(sooner.medianDelay()).isLessThan(soon.medianDelay());
    assertThat(soon.falsePer10k()).isZero();
    assertThat(sooner.falsePer10k()).isLessThan(1);
    assertThat(DriftStreamBench.stationaryPer10k(standard, .2, 3)).isZero();
  }

  @Test
  void aLearnerThatStartsAfreshAtAlarmsOutlivesEveryDriftOfSine() {
    var learnt =
        DriftStreamBench.learn(Concept.SINE1, DriftStreamBench.detectors().get("ADWIN 1"), 1);

    assertThat(learnt.found()).isEqualTo(3);
    assertThat(learnt.delay()).isLessThan(60);
    assertThat(learnt.accuracy()).isGreaterThan(.84);
  }

  @Test
  void nothingIsCalledDriftWhereNothingDrifts() {
    var few = DriftFalseAlarmBench.month(DriftFalseAlarmBench.USUAL, model(100, 0, 1), 24);
    var enough = DriftFalseAlarmBench.month(DriftFalseAlarmBench.USUAL, model(500, 0, 2), 72);

    assertThat(few.incidents()).isZero();
    assertThat(few.unknown()).isEqualTo(24);
    assertThat(DriftFalseAlarmBench.plain(model(100, 0, 1), 24, 20)).isGreaterThan(50);
    assertThat(enough.incidents()).isZero();
    assertThat(enough.unknown()).isZero();
  }

  @Test
  void aShiftOfHalfADeviationInOneInputIsAnIncidentAtTheSecondWindow() {
    for (int seed = 0; seed < 10; seed++) {
      var shifted =
          DriftFalseAlarmBench.month(DriftFalseAlarmBench.USUAL, model(1000, 0.5, seed), 5);
      assertThat(shifted.first()).isEqualTo(2);
      assertThat(shifted.incidents()).isEqualTo(1);
    }
  }

  private static DrawnModel model(int rows, double shift, long seed) {
    return new DrawnModel(rows, 20, shift, seed);
  }

  @Test
  void aWideTableIsCountedWithoutLosingAValue() {
    assertThat(DriftSpeedBench.run(5, 25_000).drifted()).isZero();
  }
}
