package io.tocsin.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Evaluation.Outcome;
import io.tocsin.alert.Evaluation.Scope;
import io.tocsin.label.Labels;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.StaleMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleEvaluatorTest {
  private static final Instant T = Instant.ofEpochSecond(600);
  private static final AlertSpec SPEC = AlertSpec.of("f;g;0", "High", Duration.ZERO);

  private final MemoryStore store = new MemoryStore(MemoryStore.Limits.DEFAULT);
  private final RuleEvaluator evaluator =
      new RuleEvaluator(
          store, QueryLimits.DEFAULT, new Site(Map.of("region", "eu"), "http://tocsin"));

  private static RuleGroup group(Duration offset, int limit) {
    return new RuleGroup(
        "f", "g", Duration.ofSeconds(15), offset, limit, Optional.empty(), List.of());
  }

  private static final RuleGroup GROUP = group(Duration.ZERO, 0);

  private static AlertingRule rule(String expr, Map<String, String> labels) {
    return AlertingRule.of(SPEC, expr, labels, Map.of());
  }

  private void put(long seconds, double value, String... labels) {
    store.append(SampleBatch.of(Labels.of(labels), seconds * 1000, value));
  }

  private static List<Breach> breaches(Evaluation evaluation) {
    return ((Outcome.Found) evaluation.outcome()).breaches();
  }

  @Test
  void aBreachCarriesItsLabelsAndExpandedTexts() {
    put(600, 90, "__name__", "cpu", "host", "a");
    put(600, 10, "__name__", "cpu", "host", "b");
    put(600, 5, "__name__", "owner", "host", "a");
    var rule =
        AlertingRule.of(
            SPEC,
            "cpu > 80",
            Map.of("team", "{{ $labels.host }}-ops", "alertname", "hidden"),
            Map.of(
                "summary",
                "{{ $labels.host }} {{ $value }} {{ $externalLabels.region }} {{ externalURL }}",
                "owner",
                "{{ query \"owner\" | first | value }}",
                "broken",
                "{{ first (query \"none\") }}"));
    List<Breach> breaches = breaches(evaluator.evaluate(GROUP, rule, T));
    assertThat(breaches).hasSize(1);
    assertThat(breaches.getFirst().labels())
        .isEqualTo(Labels.of("alertname", "High", "host", "a", "team", "a-ops"));
    assertThat(breaches.getFirst().annotations())
        .containsEntry("summary", "a 90 eu http://tocsin")
        .containsEntry("owner", "5")
        .hasEntrySatisfying("broken", t -> assertThat(t).startsWith("<error expanding template"));
  }

  @Test
  void anEmptyWorldIsToldApartFromNothingWrong() {
    assertThat(evaluator.evaluate(GROUP, rule("cpu > 80", Map.of()), T).outcome())
        .isEqualTo(new Outcome.Empty());
    put(600, 10, "__name__", "cpu");
    assertThat(evaluator.evaluate(GROUP, rule("cpu > 80", Map.of()), T).outcome())
        .isEqualTo(new Outcome.Found(List.of()));
    put(601, StaleMarker.VALUE, "__name__", "cpu");
    assertThat(evaluator.evaluate(GROUP, rule("cpu > 80", Map.of()), T.plusSeconds(1)).outcome())
        .isEqualTo(new Outcome.Empty());
    assertThat(breaches(evaluator.evaluate(GROUP, rule("absent(nothing)", Map.of()), T)))
        .hasSize(1);
    assertThat(evaluator.evaluate(GROUP, rule("vector(1) > 2", Map.of()), T).outcome())
        .isEqualTo(new Outcome.Found(List.of()));
  }

  @Test
  void aScalarIsABreachWithoutLabels() {
    assertThat(breaches(evaluator.evaluate(GROUP, rule("time()", Map.of()), T)))
        .containsExactly(new Breach(Labels.of("alertname", "High"), 600, Map.of()));
  }

  @Test
  void aFailureIsUnknownAndNeverNothing() {
    put(600, 1, "__name__", "a", "x", "1");
    put(600, 1, "__name__", "a", "x", "2");
    assertThat(evaluator.evaluate(GROUP, rule("a / on() a", Map.of()), T).outcome())
        .isInstanceOfSatisfying(
            Outcome.Unknown.class, u -> assertThat(u.reason()).contains("many-to-many"));
    assertThat(evaluator.evaluate(GROUP, rule("a", Map.of("x", "same")), T).outcome())
        .isInstanceOfSatisfying(
            Outcome.Unknown.class,
            u -> assertThat(u.reason()).contains("same labelset after applying alert labels"));
    assertThat(evaluator.evaluate(group(Duration.ZERO, 1), rule("a", Map.of()), T).outcome())
        .isEqualTo(new Outcome.Unknown("exceeded limit of 1 with 2 alerts"));
  }

  @Test
  void aGroupsOffsetLooksBack() {
    put(540, 1, "__name__", "a");
    put(600, 2, "__name__", "a");
    RuleGroup late = group(Duration.ofMinutes(1), 0);
    assertThat(breaches(evaluator.evaluate(late, rule("a", Map.of()), T)).getFirst().value())
        .isEqualTo(1);
    Recorded recorded =
        evaluator.evaluate(late, RecordingRule.of("f;g;1", "b", "a", Map.of()), T, Recorded.NONE);
    assertThat(recorded.samples().timestamp(0)).isEqualTo(540_000);
  }

  @Test
  void aRecordingRuleWritesANewMetricAndEndsWhatIsGone() {
    put(600, 1, "__name__", "a", "x", "1", "y", "z");
    var rule = RecordingRule.of("f;g;1", "job:a", "a * 2", Map.of("site", "s", "y", ""));
    Recorded first = evaluator.evaluate(GROUP, rule, T, Recorded.NONE);
    Labels labels = Labels.of("__name__", "job:a", "x", "1", "site", "s");
    assertThat(first.samples().labels(0)).isEqualTo(labels);
    assertThat(first.samples().value(0)).isEqualTo(2);
    Recorded second = evaluator.evaluate(GROUP, rule, T.plusSeconds(400), first);
    assertThat(second.series()).isEmpty();
    assertThat(second.samples().labels(0)).isEqualTo(labels);
    assertThat(StaleMarker.is(second.samples().value(0))).isTrue();
    assertThat(evaluator.evaluate(GROUP, rule, T.plusSeconds(500), second).samples().isEmpty())
        .isTrue();
  }

  @Test
  void aRecordingRuleThatCannotWriteFails() {
    put(600, 1, "__name__", "a", "x", "1");
    put(600, 1, "__name__", "a", "x", "2");
    var rule = RecordingRule.of("f;g;1", "b", "a", Map.of("x", ""));
    assertThatThrownBy(() -> evaluator.evaluate(GROUP, rule, T, Recorded.NONE))
        .isInstanceOf(QueryProblem.class)
        .hasMessageContaining("same labelset after applying rule labels");
  }

  @Test
  void anArrivingSampleIsJudgedByItselfAtItsOwnTime() {
    put(590, 90, "__name__", "cpu", "host", "a");
    put(600, 10, "__name__", "cpu", "host", "a");
    put(600, 99, "__name__", "cpu", "host", "a", "core", "1");
    Labels series = Labels.of("__name__", "cpu", "host", "a");
    AlertingRule rule = rule("cpu > 80", Map.of("team", "{{ $labels.host }}"));
    Evaluation first = evaluator.arrival(GROUP, rule, series, 590_000, true).orElseThrow();
    Labels alert = Labels.of("alertname", "High", "host", "a", "team", "a");
    assertThat(first.at()).isEqualTo(Instant.ofEpochSecond(590));
    assertThat(first.scope()).isEqualTo(new Scope.Only(Set.of(alert)));
    assertThat(breaches(first)).containsExactly(new Breach(alert, 90, Map.of()));
    Evaluation second = evaluator.arrival(GROUP, rule, series, 600_000, true).orElseThrow();
    assertThat(second.scope()).isEqualTo(new Scope.Only(Set.of(alert)));
    assertThat(breaches(second)).isEmpty();
  }

  @Test
  void theEndOfASeriesSaysNothingOfTheOthers() {
    put(600, StaleMarker.VALUE, "__name__", "cpu", "host", "a");
    Labels series = Labels.of("__name__", "cpu", "host", "a");
    assertThat(evaluator.arrival(GROUP, rule("cpu > 1", Map.of()), series, 600_000, true))
        .isEmpty();
  }

  @Test
  void whatOneSeriesCannotDecideWaits() {
    Labels series = Labels.of("__name__", "cpu", "host", "a", "team", "x");
    assertThat(evaluator.arrival(GROUP, rule("sum(cpu) > 1", Map.of()), series, 0, true)).isEmpty();
    assertThat(evaluator.arrival(GROUP, rule("cpu > 1", Map.of("team", "y")), series, 0, true))
        .isEmpty();
    assertThat(
            evaluator.arrival(GROUP, rule("cpu > 1", Map.of("v", "{{ $value }}")), series, 0, true))
        .isEmpty();
    assertThat(
            evaluator.arrival(group(Duration.ZERO, 5), rule("cpu > 1", Map.of()), series, 0, true))
        .isEmpty();
    put(0, 0, "__name__", "cpu", "host", "a", "team", "x");
    assertThat(evaluator.arrival(GROUP, rule("cpu > 1", Map.of()), series, 0, true)).isPresent();
  }
}
