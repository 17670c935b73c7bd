package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.Severity;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.stream.ChangeDetector;
import io.tocsin.model.ReferenceSource;
import io.tocsin.rule.DriftRule;
import io.tocsin.rule.drift.Columns;
import io.tocsin.rule.drift.Criterion;
import io.tocsin.rule.drift.DriftKind;
import io.tocsin.rule.drift.DriftTerms;
import io.tocsin.rule.drift.Level;
import io.tocsin.rule.drift.Metric;
import io.tocsin.rule.drift.Side;
import io.tocsin.rule.drift.Target;
import io.tocsin.rule.drift.Thresholds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DriftRulesTest {

  private static DriftRule rule(String drift) {
    String text =
        "groups:\n  - name: g\n    rules:\n      - {alert: A, severity: high, drift: "
            + drift
            + "}\n";
    return (DriftRule)
        RuleFiles.read(Yaml.read(text, "rules.yaml", Secrets.none()), RuleFiles.DEFAULT_INTERVAL)
            .groups()
            .getFirst()
            .rules()
            .getFirst();
  }

  private static DriftTerms terms(String drift) {
    return rule(drift).terms();
  }

  @ParameterizedTest
  @EnumSource(DriftKind.class)
  void everyKindNeedsNoMoreThanAModel(DriftKind kind) {
    String least = kind == DriftKind.VOLUME ? ", min: 1" : "";
    DriftTerms terms = terms("{model: m, kind: " + kind.id() + least + "}");
    assertThat(terms.criterion().kind()).isEqualTo(kind);
    assertThat(terms.clearAt()).isEqualTo(0.8);
    assertThat(terms.window()).isEmpty();
  }

  @Test
  void theDefaultsAreThoseOfTheTable() {
    assertThat(terms("{model: m}").thresholds()).isEqualTo(Thresholds.of(0.1, 0.2));
    assertThat(terms("{model: m, method: js}").thresholds()).isEqualTo(Thresholds.of(0.13, 0.19));
    assertThat(terms("{model: m, method: ks}").thresholds()).isEqualTo(Thresholds.of(0.12, 0.18));
    assertThat(terms("{model: m}").minSamples()).isEqualTo(200);
    assertThat(terms("{model: m}").minReference()).isEqualTo(1000);
    assertThat(terms("{model: m}").evaluations()).isEqualTo(2);
    DriftTerms drop = terms("{model: m, kind: performance_drop}");
    assertThat(drop.thresholds()).isEqualTo(Thresholds.of(0.03, 0.05));
    assertThat(drop.minReference()).isEqualTo(500);
    assertThat(drop.side()).isEqualTo(Side.WORSE);
    DriftTerms concept = terms("{model: m, kind: concept_drift}");
    var stream = (Criterion.Concept) concept.criterion();
    assertThat(stream.detector()).isEqualTo(ChangeDetector.ADWIN);
    assertThat(stream.options().text("clock")).isEqualTo("1");
    assertThat(stream.options().text("direction")).isEqualTo("increase");
    assertThat(terms("{model: m, kind: importance_change}").thresholds())
        .isEqualTo(Thresholds.of(0.1, 0.2));
    assertThat(terms("{model: m, kind: data_quality}").criterion())
        .isEqualTo(new Criterion.Quality(new Columns.All(), Thresholds.of(0.001, 0.01)));
    assertThat(terms("{model: m, kind: estimated_performance}").minSamples()).isEqualTo(500);
  }

  @Test
  void everythingCanBeSaid() {
    DriftTerms terms =
        terms(
            "{kind: data_drift, model: ranker, version: v3, features: [price, age], method: ks,"
                + " reference: {window: 7d, offset: 1d}, window: 30m, every: 5m,"
                + " threshold: {warn: 0.1, critical: 0.3}, min_samples: 50, min_reference: 70,"
                + " for: 3, clear_at: 0.5, cooldown: 2h}");
    assertThat(terms)
        .isEqualTo(
            new DriftTerms(
                new Target("ranker", Optional.of("v3"), Map.of()),
                new Criterion.Data(
                    new Columns.Named(List.of("price", "age")),
                    DriftTest.KOLMOGOROV_SMIRNOV,
                    false),
                Optional.of(Duration.ofMinutes(30)),
                Optional.of(new ReferenceSource.Trailing(Duration.ofDays(7), Duration.ofDays(1))),
                Thresholds.of(0.1, 0.3),
                50,
                70,
                Side.BOTH,
                3,
                0.5,
                Optional.of(Duration.ofHours(2)),
                Optional.of(Duration.ofMinutes(5))));
    assertThat(terms("{model: m, slice: {region: eu}, top: 5, scope: share}"))
        .satisfies(
            it -> {
              assertThat(it.target().slice()).containsEntry("region", "eu");
              assertThat(it.criterion())
                  .isEqualTo(new Criterion.Data(new Columns.Top(5), DriftTest.PSI, true));
            });
    assertThat(terms("{kind: volume, model: m, min: 10, change: 0.5}").criterion())
        .isEqualTo(
            new Criterion.Volume(
                OptionalDouble.of(10), OptionalDouble.empty(), OptionalDouble.of(0.5)));
    assertThat(terms("{kind: performance_drop, model: m, metric: mae}").criterion())
        .isEqualTo(new Criterion.Performance(Metric.MAE));
    assertThat(terms("{kind: concept_drift, model: m, detector: rddm}").criterion())
        .isInstanceOfSatisfying(
            Criterion.Concept.class,
            it -> assertThat(it.detector()).isEqualTo(ChangeDetector.RDDM));
  }

  @Test
  void aWarningIsOneStepMilderThanTheRule() {
    DriftRule rule = rule("{model: m}");
    assertThat(rule.severity(Level.CRITICAL)).isEqualTo(Severity.HIGH);
    assertThat(rule.severity(Level.WARNING)).isEqualTo(Severity.MEDIUM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '~',
      value = {
        "{kind: drift, model: m} ¦ drift.kind: found \"drift\", expected one of data_drift, ",
        "{feature: f} ¦ drift.model",
        "{model: m, feature: f, top: 3} ¦ found 2 of them, expected at most one of \"feature\"",
        "{model: m, method: xy} ¦ drift.method: found \"xy\", expected one of psi, ",
        "{model: m, threshold: 0} ¦ drift.threshold: found \"0\", expected a threshold above 0",
        "{model: m, threshold: {warn: 0.3, critical: 0.2}} ¦ threshold.warn: found \"0.3\","
            + " expected a warning threshold above 0 and at most the critical one",
        "{model: m, threshold: {warn: 0.3}} ¦ threshold.critical: found nothing",
        "{model: m, detector: adwin} ¦ drift.detector: found \"detector\", expected for data_drift"
            + " one of feature, features, method, min_reference, reference, scope, top",
        "{kind: concept_drift, model: m, reference: {baseline: x}} ¦ found \"reference\", expected"
            + " for concept_drift one of detector, direction, parameters, warnings",
        "{kind: concept_drift, model: m, detector: x} ¦ expected one of adwin, glr, ",
        "{kind: concept_drift, model: m, parameters: {delta: 7}} ¦ parameters.delta: found \"7\"",
        "{kind: volume, model: m} ¦ drift.min: found none of them, expected \"min\", \"max\" or",
        "{kind: performance_drop, model: m, metric: f2} ¦ expected one of accuracy, precision,"
            + " recall, f1, roc_auc, log_loss, brier, mae, rmse, r2",
        "{model: m, for: 0} ¦ drift.for: found \"0\", expected a whole number of 1 or more",
        "{model: m, clear_at: 1.2} ¦ drift.clear_at: found \"1.2\"",
        "{model: m, window: 0s} ¦ drift.window: found \"0s\", expected a duration above 0s",
        "{model: m, window: 1h, reference: {window: 7d, offset: 30m}} ¦ found a reference that ends"
            + " 30m before now, expected one that ends before the window of 1h begins",
        "{model: m, version: v1, slice: {a: b}} ¦ found both \"version\" and \"slice\"",
        "{model: m, windwo: 1h} ¦ found unknown key \"windwo\", expected \"window\"?",
      })
  void mistakesSayWhereWhatAndWhatWasExpected(String drift, String message) {
    assertThatThrownBy(() -> rule(drift))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageStartingWith("rules.yaml:4:")
        .hasMessageContaining(message);
  }
}
