package io.tocsin.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExperimentTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Metric BOUGHT =
      new Metric(
          "bought",
          Metric.Kind.PROPORTION,
          Metric.Goal.INCREASE,
          Metric.Role.PRIMARY,
          0.02,
          0,
          Metric.Combine.MAX,
          Metric.Absent.ZERO);
  private static final Metric SLOW =
      new Metric(
          "latency",
          Metric.Kind.MEAN,
          Metric.Goal.DECREASE,
          Metric.Role.GUARDRAIL,
          20,
          10,
          Metric.Combine.LAST,
          Metric.Absent.EXCLUDE);

  static Experiment experiment(double... weights) {
    var variants = new ArrayList<Variant>();
    for (int i = 0; i < weights.length; i++) {
      variants.add(new Variant(i == 0 ? "control" : "treatment" + i, weights[i]));
    }
    return new Experiment(
        "checkout", "", variants, List.of(BOUGHT, SLOW), .05, .8, NOW, Optional.empty());
  }

  @Test
  void aUnitAlwaysGetsTheSameVariantAndWeightsAreKept() {
    Experiment experiment = experiment(1, 3);
    int treated = 0;
    for (int i = 0; i < 20_000; i++) {
      Variant variant = experiment.assign("unit-" + i);
      assertThat(experiment.assign("unit-" + i)).isEqualTo(variant);
      treated += variant.name().equals("treatment1") ? 1 : 0;
    }
    assertThat(treated).isBetween(14_750, 15_250);
    // Anybody can tell: the first 53 bits of SHA-256("checkout:u1") as a share of 1.
    assertThat(experiment(1, 1).assign("u1").name()).isEqualTo("control");
  }

  @Test
  void whatCannotBeIsNamed() {
    assertThatThrownBy(() -> experiment(1)).hasMessageContaining("variants: found 1");
    assertThatThrownBy(() -> experiment(1, 0)).hasMessageContaining("weight: found 0.0");
    assertThatThrownBy(
            () ->
                new Experiment(
                    "a b",
                    "",
                    List.of(new Variant("a", 1), new Variant("b", 1)),
                    List.of(BOUGHT),
                    .05,
                    .8,
                    NOW,
                    Optional.empty()))
        .isInstanceOf(ExperimentProblem.class)
        .hasMessageContaining("name: found \"a b\"");
    assertThatThrownBy(
            () ->
                new Experiment(
                    "x",
                    "",
                    List.of(new Variant("a", 1), new Variant("b", 1)),
                    List.of(SLOW),
                    .05,
                    .8,
                    NOW,
                    Optional.empty()))
        .hasMessageContaining("found 0 primary");
  }

  @Test
  void anEffectHasIntervalsPowerAndANeededSize() {
    Effect effect =
        Effect.of(BOUGHT, "b", new Tally(5000, 500, 500), new Tally(5000, 600, 600), .05, .8);

    assertThat(effect.difference()).isCloseTo(.02, within(1e-12));
    assertThat(effect.relative().orElseThrow()).isCloseTo(.2, within(1e-12));
    double error = Math.sqrt((.1 * .9 + .12 * .88) / 4999);
    assertThat(effect.fixed().low()).isCloseTo(.02 - 1.959963985 * error, within(1e-8));
    assertThat(effect.fixedP()).isCloseTo(.00138, within(2e-4));
    assertThat(effect.power()).isCloseTo(.891, within(.01));
    // 2 x .0978 x ((1.96 + .8416) / .02)^2
    assertThat(effect.needed().orElseThrow()).isBetween(3820L, 3850L);
    assertThat(effect.always().low()).isLessThan(effect.fixed().low());
    assertThat(effect.alwaysP()).isGreaterThan(effect.fixedP());
  }

  /** The interval holds what p does not reject: at its edge p is alpha. */
  @Test
  void theAlwaysValidIntervalAndPSayTheSame() {
    double half = Effect.halfWidth(.0004, .02, .05);

    assertThat(Effect.alwaysP(half, .0004, .02)).isCloseTo(.05, within(1e-12));
    assertThat(Effect.alwaysP(half * 1.01, .0004, .02)).isLessThan(.05);
    assertThat(Effect.alwaysP(0, .0004, .02)).isEqualTo(1);
  }

  @Test
  void lookingEveryFewUnitsDoesNotMakeWinnersOfEquals() {
    var random = new Random(17);
    int named = 0;
    int fooled = 0;
    for (int run = 0; run < 200; run++) {
      long[] hits = new long[2];
      boolean winner = false;
      boolean peeked = false;
      for (int n = 1; n <= 5000; n++) {
        hits[0] += random.nextDouble() < .2 ? 1 : 0;
        hits[1] += random.nextDouble() < .2 ? 1 : 0;
        if (n >= 100 && n % 50 == 0) {
          Effect effect =
              Effect.of(
                  BOUGHT,
                  "b",
                  new Tally(n, hits[0], hits[0]),
                  new Tally(n, hits[1], hits[1]),
                  .05,
                  .8);
          winner |= effect.alwaysP() < .05;
          peeked |= effect.fixedP() < .05;
        }
      }
      named += winner ? 1 : 0;
      fooled += peeked ? 1 : 0;
    }
    assertThat(named).isLessThanOrEqualTo(14);
    // What a test for one look does to those who look often.
    assertThat(fooled).isGreaterThan(40);
  }

  @Test
  void aTreatmentThatIsCertainlyBetterWins() {
    ExperimentResult result =
        ExperimentResult.of(experiment(1, 1), tallies(10_000, 2000, 10_000, 2600, 100, 100));

    assertThat(result.verdict()).isEqualTo(ExperimentResult.Verdict.WINNER);
    assertThat(result.winner()).contains("treatment1");
    assertThat(result.reasons()).anyMatch(reason -> reason.contains("changes bought by +0.06"));
    assertThat(result.effects()).extracting(Effect::metric).containsExactly("bought", "latency");
  }

  @Test
  void aGuardrailStopsAWinner() {
    ExperimentResult result =
        ExperimentResult.of(experiment(1, 1), tallies(10_000, 2000, 10_000, 2600, 100, 130));

    assertThat(result.verdict()).isEqualTo(ExperimentResult.Verdict.HARM);
    assertThat(result.winner()).isEmpty();
    assertThat(result.reasons()).anyMatch(reason -> reason.contains("latency worse"));
  }

  @Test
  void whenEveryTreatmentIsWorseTheControlWins() {
    ExperimentResult result =
        ExperimentResult.of(experiment(1, 1), tallies(10_000, 2600, 10_000, 2000, 100, 100));

    assertThat(result.winner()).contains("control");
  }

  @Test
  void equalsAreCalledSoOnceThatIsCertain() {
    assertThat(
            ExperimentResult.of(experiment(1, 1), tallies(1000, 200, 1000, 201, 100, 100))
                .verdict())
        .isEqualTo(ExperimentResult.Verdict.RUNNING);
    assertThat(
            ExperimentResult.of(experiment(1, 1), tallies(60_000, 12_000, 60_000, 12_010, 100, 100))
                .verdict())
        .isEqualTo(ExperimentResult.Verdict.NO_DIFFERENCE);
  }

  @Test
  void fewUnitsAndCrookedSizesSayNothing() {
    assertThat(ExperimentResult.of(experiment(1, 1), tallies(90, 10, 110, 90, 100, 100)).verdict())
        .isEqualTo(ExperimentResult.Verdict.INSUFFICIENT_DATA);
    assertThat(
            ExperimentResult.of(experiment(1, 1), tallies(10_000, 2000, 11_000, 2900, 100, 100))
                .verdict())
        .isEqualTo(ExperimentResult.Verdict.SAMPLE_RATIO_MISMATCH);
    assertThat(ExperimentResult.of(experiment(1, 1), Tallies.NONE).sampleRatioP()).isEqualTo(1);
  }

  private static Tallies tallies(
      long control, long bought, long treated, long boughtToo, double slow, double slowToo) {
    return new Tallies(
        Map.of("control", control, "treatment1", treated),
        Map.of(
            "bought",
            Map.of(
                "control", new Tally(bought, bought, bought),
                "treatment1", new Tally(boughtToo, boughtToo, boughtToo)),
            "latency",
            Map.of("control", spread(control, slow), "treatment1", spread(treated, slowToo))));
  }

  /** Units around a mean with a deviation of 10. */
  private static Tally spread(long units, double mean) {
    return new Tally(units, units * mean, units * (mean * mean + 100));
  }
}
