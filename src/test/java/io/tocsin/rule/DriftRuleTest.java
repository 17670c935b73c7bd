package io.tocsin.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Evaluation.Outcome;
import io.tocsin.drift.DriftResult;
import io.tocsin.drift.DriftScore;
import io.tocsin.drift.DriftTest;
import io.tocsin.label.Labels;
import io.tocsin.model.DriftAnswer;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import io.tocsin.template.QueryPort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DriftRuleTest {
  private static final DriftRule RULE = rule(0.2);

  private static DriftRule rule(double threshold) {
    return new DriftRule(
        AlertSpec.of("f;g;0", "Drift", Duration.ZERO),
        "ranker",
        new Subject.Feature("price"),
        DriftTest.PSI,
        threshold,
        Optional.of(Duration.ofMinutes(5)),
        Optional.empty(),
        200,
        Optional.empty(),
        Texts.of(Map.of("owner", "ml"), Map.of("summary", "{{ $labels.feature }} {{ $value }}")));
  }

  private static Outcome outcome(DriftResult result) {
    var answer = new DriftAnswer(RULE.question(ModelSpec.of("ranker")), result, Instant.EPOCH, 0);
    return RULE.evaluation(answer, Site.NONE, QueryPort.NONE).outcome();
  }

  private static DriftScore score(double statistic, double floor) {
    return new DriftScore(
        statistic,
        OptionalDouble.empty(),
        statistic,
        1000,
        200,
        10,
        floor,
        0,
        statistic > floor,
        List.of());
  }

  @Test
  void aScoreAtTheThresholdIsABreach() {
    var found = (Outcome.Found) outcome(score(0.25, 0.1));
    assertThat(found.breaches()).hasSize(1);
    assertThat(found.breaches().getFirst().labels())
        .isEqualTo(
            Labels.of(
                "alertname",
                "Drift",
                "model",
                "ranker",
                "subject",
                "feature",
                "feature",
                "price",
                "method",
                "psi",
                "owner",
                "ml"));
    assertThat(found.breaches().getFirst().annotations()).containsEntry("summary", "price 0.25");
    assertThat(((Outcome.Found) outcome(score(0.19, 0.1))).breaches()).isEmpty();
    assertThat(((Outcome.Found) outcome(score(0.25, 0.3))).breaches()).isEmpty();
  }

  @Test
  void tooFewRowsAreNeverNothing() {
    assertThat(outcome(new DriftResult.NoData(0, 0))).isEqualTo(new Outcome.Empty());
    assertThat(outcome(new DriftResult.TooFewSamples(10, 5, 1000, 200)))
        .isInstanceOfSatisfying(Outcome.Unknown.class, u -> assertThat(u.failed()).isFalse());
    assertThat(outcome(new DriftResult.Unsuitable("categories")))
        .isEqualTo(new Outcome.Unknown("categories"));
  }

  @Test
  void whatItLeavesOpenIsTheModelsOwn() {
    var question = RULE.question(ModelSpec.of("ranker"));
    assertThat(question.window()).isEqualTo(Duration.ofMinutes(5));
    assertThat(question.reference()).isEqualTo(ModelSpec.of("ranker").reference());
    assertThat(question.reference()).isInstanceOf(ReferenceSource.class);
  }

  @Test
  void refusesAThresholdOfNothing() {
    assertThatThrownBy(() -> rule(0)).isInstanceOf(RuleProblem.class);
    assertThatThrownBy(() -> rule(Double.NaN)).isInstanceOf(RuleProblem.class);
  }
}
