package io.tocsin.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Evaluation.Outcome;
import io.tocsin.alert.NoData;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.QueryLimits;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.StaleMarker;
import io.tocsin.settings.RuleFiles;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Yaml;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupEvaluationTest {

  private static final Instant T0 = Instant.parse("2026-03-01T14:00:00Z");

  private final MemoryStore store = new MemoryStore(MemoryStore.Limits.DEFAULT);

  @Test
  void anAlertCarriesTheSeriesLabelsTheRulesLabelsAndItsExpandedTexts() {
    put("errors", 0.12, "service", "web");

    Evaluation evaluation =
        evaluate(
                """
                groups:
                  - name: g
                    labels: { team: web }
                    rules:
                      - alert: Errors
                        expr: errors > 0.05
                        labels: { severity: critical, where: "{{ $labels.service }}" }
                        annotations: { summary: "{{ $labels.service }} fails {{ $value | humanizePercentage }}" }
                """)
            .getFirst();

    assertThat(evaluation.outcome()).isInstanceOf(Outcome.Found.class);
    var breach = ((Outcome.Found) evaluation.outcome()).breaches().getFirst();
    assertThat(breach.labels())
        .isEqualTo(
            Labels.of(
                "alertname",
                "Errors",
                "service",
                "web",
                "severity",
                "critical",
                "team",
                "web",
                "where",
                "web"));
    assertThat(breach.annotations()).containsEntry("summary", "web fails 12%");
  }

  @Test
  void laterRulesSeeWhatEarlierOnesRecorded() {
    put("errors", 0.12, "service", "web");

    List<Evaluation> evaluations =
        evaluate(
            """
            groups:
              - name: g
                rules:
                  - { record: "service:errors:max", expr: max by (service) (errors) }
                  - { alert: Errors, expr: "service:errors:max > 0.05" }
            """);

    assertThat(breaches(evaluations.getFirst())).isEqualTo(1);
  }

  @Test
  void eachRulesTimeIsItsOwn() {
    GroupEvaluation group =
        group("groups: [{ name: g, rules: [{ record: a, expr: b }, { alert: C, expr: d }] }]");
    long[] clock = {0};

    var took = group.evaluate(T0, () -> clock[0] += clock[0] + 1_000).took();

    assertThat(took.values())
        .containsExactlyInAnyOrder(Duration.ofNanos(2_000), Duration.ofNanos(8_000));
  }

  @Test
  void aRecordedSeriesThatIsNoLongerYieldedIsMarkedStale() {
    put("errors", 0.12, "service", "web");
    GroupEvaluation group =
        group("groups: [{ name: g, rules: [{ record: r, expr: errors > 0.05 }] }]");
    group.evaluate(T0);
    store.append(
        SampleBatch.of(
            Labels.of(Labels.NAME, "errors", "service", "web"), T0.toEpochMilli() + 1000, 0));

    group.evaluate(T0.plusSeconds(1));

    double[] values =
        store
            .select(List.of(Matcher.equal(Labels.NAME, "r")), 0, Long.MAX_VALUE)
            .getFirst()
            .values();
    assertThat(values).hasSize(2);
    assertThat(StaleMarker.is(values[1])).isTrue();
  }

  @Test
  void aFailingQueryIsUnknownAndNeverNothing() {
    put("a", 1, "x", "1");
    put("b", 1, "x", "1", "y", "1");
    put("b", 1, "x", "1", "y", "2");

    Evaluation evaluation =
        evaluate("groups: [{ name: g, rules: [{ alert: A, expr: a * on(x) b > 0 }] }]").getFirst();

    assertThat(evaluation.outcome()).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void emptySelectorsAreToldToTheTrackerWhateverTheRuleMakesOfThem() {
    List<Evaluation> evaluations =
        evaluate(
            """
            groups:
              - name: g
                rules:
                  - { alert: Plain, expr: nothing > 1 }
                  - { alert: Keep, expr: nothing > 1, no_data: keep }
            """);

    assertThat(evaluations.get(0).outcome()).isEqualTo(new Outcome.Empty());
    assertThat(evaluations.get(0).spec().noData()).isEqualTo(NoData.PROMETHEUS);
    assertThat(evaluations.get(1).outcome()).isEqualTo(new Outcome.Empty());
    assertThat(evaluations.get(1).spec().noData()).isEqualTo(NoData.KEEP);
  }

  @Test
  void onArrivalOnlyTheSeriesThatGotASampleIsEvaluated() {
    PointwiseRules rules = hot(true);
    put("temperature", 35, "room", "a");
    Labels other = Labels.of(Labels.NAME, "temperature", "room", "b");
    SampleBatch arriving = SampleBatch.of(other, T0.toEpochMilli(), 20);
    store.append(arriving);

    List<Evaluation> evaluations = rules.evaluate(arriving, T0);

    assertThat(evaluations).hasSize(1);
    assertThat(evaluations.getFirst().scope())
        .isEqualTo(new Evaluation.Scope.Only(Set.of(Labels.of("alertname", "Hot", "room", "b"))));
    assertThat(breaches(evaluations.getFirst())).isZero();
    assertThat(rules.evaluate(SampleBatch.of(other, 1000, 99), T0))
        .as("older than the look-back")
        .isEmpty();
  }

  @Test
  void aRuleWithoutAlertsHearsOfBreachesAlone() {
    PointwiseRules rules = hot(false);
    Labels room = Labels.of(Labels.NAME, "temperature", "room", "a");
    long t = T0.toEpochMilli();

    assertThat(arrive(rules, SampleBatch.of(room, t, 20))).isEmpty();
    assertThat(arrive(rules, SampleBatch.of(room, t + 1000, 35))).hasSize(1);
    assertThat(arrive(rules, SampleBatch.of(room, t + 500, 40)))
        .as("older than what was evaluated")
        .isEmpty();
    SampleBatch both =
        SampleBatch.builder().add(room, t + 2000, 36).add(room, t + 3000, 21).build();
    assertThat(arrive(rules, both))
        .as("what ends a breach of the same batch")
        .extracting(GroupEvaluationTest::breaches)
        .containsExactly(1, 0);
  }

  private PointwiseRules hot(boolean live) {
    List<RuleGroup> groups =
        read("groups: [{ name: g, rules: [{ alert: Hot, expr: temperature > 30 }] }]");
    return new PointwiseRules(groups, store, QueryLimits.DEFAULT, Site.NONE, id -> live);
  }

  private List<Evaluation> arrive(PointwiseRules rules, SampleBatch batch) {
    store.append(batch);
    return rules.evaluate(batch, T0.plusSeconds(3));
  }

  private void put(String name, double value, String... labels) {
    store.append(
        SampleBatch.of(Labels.of(labels).with(Labels.NAME, name), T0.toEpochMilli(), value));
  }

  private static int breaches(Evaluation evaluation) {
    return ((Outcome.Found) evaluation.outcome()).breaches().size();
  }

  private List<Evaluation> evaluate(String file) {
    return new ArrayList<>(group(file).evaluate(T0).evaluations());
  }

  private GroupEvaluation group(String file) {
    return new GroupEvaluation(
        read(file).getFirst(),
        store,
        QueryLimits.DEFAULT,
        Site.NONE,
        store::append,
        ModelRules.none());
  }

  private static List<RuleGroup> read(String file) {
    return RuleFiles.read(Yaml.read(file, "rules.yaml", Secrets.none()), RuleFiles.DEFAULT_INTERVAL)
        .groups();
  }
}
