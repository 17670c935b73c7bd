package io.tocsin.model.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.model.report.ModelReport.Input;
import io.tocsin.model.report.ModelReport.State;
import io.tocsin.model.report.Retraining.Signs;
import io.tocsin.model.report.Retraining.Verdict;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RetrainingTest {

  @Test
  void aConfirmedDropSaysRetrainAndASmallOrUnsureOneDoesNot() {
    assertThat(verdict(new Signs(5000, 1000, 0.05, 1e-6, 0, quiet()))).isEqualTo(Verdict.RETRAIN);
    assertThat(verdict(new Signs(5000, 1000, 0.029, 1e-6, 0, quiet())))
        .isEqualTo(Verdict.NO_ACTION);
    assertThat(verdict(new Signs(5000, 1000, 0.05, 0.02, 0, quiet()))).isEqualTo(Verdict.NO_ACTION);
    assertThat(verdict(new Signs(499, 1000, 0.05, 1e-6, 0, quiet()))).isEqualTo(Verdict.NO_ACTION);
  }

  @Test
  void anEstimatedDropWithDriftSaysRetrainOnTheThirdDay() {
    var drifted = List.of(input(State.CRITICAL, State.QUIET));
    assertThat(verdict(new Signs(0, 0, 0, 1, 2, drifted))).isEqualTo(Verdict.WATCH);
    assertThat(verdict(new Signs(0, 0, 0, 1, 3, drifted))).isEqualTo(Verdict.RETRAIN);
  }

  @Test
  void driftWithoutLossSaysWatchAndNamesTheInput() {
    Retraining found =
        Retraining.of(new Signs(5000, 1000, 0, 0.5, 0, List.of(input(State.WARNING, State.QUIET))));
    assertThat(found.verdict()).isEqualTo(Verdict.WATCH);
    assertThat(found.reasons())
        .containsExactly("price drifted, PSI 0.150", "no confirmed loss of accuracy");
  }

  @Test
  void brokenDataIsMendedBeforeAnythingIsTrainedOnIt() {
    Retraining found =
        Retraining.of(
            new Signs(5000, 1000, 0.1, 1e-9, 0, List.of(input(State.CRITICAL, State.CRITICAL))));
    assertThat(found.verdict()).isEqualTo(Verdict.FIX_THE_DATA);
    assertThat(found.reasons()).anyMatch(it -> it.contains("retrain only once the data is right"));
  }

  @Test
  void withoutTruthsOrRowsNothingIsClaimed() {
    var few = List.of(input(State.INSUFFICIENT_DATA, State.INSUFFICIENT_DATA));
    assertThat(verdict(new Signs(0, 10, 0, 1, 0, few))).isEqualTo(Verdict.NOT_ENOUGH_DATA);
  }

  /** y = 2 1 4 3 5: slope 0.8, t = 2.3094 with 3 degrees of freedom, p = 0.104088 (SciPy). */
  @Test
  void theTrendHasTheSlopeAndPOfLeastSquares() {
    Trend trend = Trend.of(daily(2, 1, 4, 3, 5)).orElseThrow();
    assertThat(trend.slope()).isCloseTo(0.8, within(1e-12));
    assertThat(trend.p()).isCloseTo(0.104088, within(1e-6));
    assertThat(Trend.of(daily(1, 2))).isEmpty();
    assertThat(Trend.of(daily(0.9, 0.9, 0.9)).orElseThrow()).isEqualTo(new Trend(0, 1, 3));
  }

  private static List<OptionalDouble> daily(double... values) {
    return DoubleStream.of(values).mapToObj(OptionalDouble::of).toList();
  }

  private static Verdict verdict(Signs signs) {
    return Retraining.of(signs).verdict();
  }

  private static List<Input> quiet() {
    return List.of(input(State.QUIET, State.QUIET));
  }

  private static Input input(State state, State quality) {
    OptionalDouble none = OptionalDouble.empty();
    OptionalDouble score = state == State.INSUFFICIENT_DATA ? none : OptionalDouble.of(0.15);
    return new Input("price", score, 0.01, state, none, 1000, none, none, none, quality, "words");
  }
}
