package io.tocsin.model.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.label.Labels;
import io.tocsin.model.Judged;
import io.tocsin.model.Latency;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ModelStore;
import io.tocsin.model.Models;
import io.tocsin.model.health.ModelHealth.Reason;
import io.tocsin.model.report.ModelReport.Input;
import io.tocsin.model.report.ModelReport.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What makes a model red, yellow or green, and what is not known. */
class ModelHealthTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final OptionalDouble NONE = OptionalDouble.empty();
  private static final Judged.Scores NO_SCORES = new Judged.Scores(List.of(), List.of(), 0, 0);
  private static final Judged.Numbers NO_NUMBERS = new Judged.Numbers(0, 0, 0, 0, 0, 0);

  private static Judged judged(long rows, long right) {
    var confusion =
        Map.of("buy", Map.of("buy", Math.max(1, right), "hold", Math.max(1, rows - right)));
    return new Judged(
        rows, rows, rows, right, 60.0 * rows, confusion, NO_NUMBERS, List.of(), NO_SCORES);
  }

  private static Latency latency(double p95) {
    return new Latency(
        OptionalDouble.of(p95 / 2),
        OptionalDouble.of(p95 / 2),
        OptionalDouble.of(p95),
        OptionalDouble.of(p95));
  }

  private static final Latency NO_LATENCY = new Latency(NONE, NONE, NONE, NONE);

  private static Input input(
      String name, double score, State state, State quality, double missing) {
    boolean known = state != State.INSUFFICIENT_DATA;
    return new Input(
        name,
        known ? OptionalDouble.of(score) : NONE,
        0.03,
        state,
        NONE,
        500,
        OptionalDouble.of(missing),
        OptionalDouble.of(0),
        OptionalDouble.of(0),
        quality,
        known ? "" : "no reference; ");
  }

  private static final Input QUIET = input("price", 0.01, State.QUIET, State.QUIET, 0);
  private static final Input UNKNOWN = input("price", 0, State.INSUFFICIENT_DATA, State.QUIET, 0);

  private static Measures measures(long rows, Judged judged, Latency latency, Input... inputs) {
    return new Measures(
        ModelSpec.of("ranker"),
        NOW,
        Map.of("v1", rows),
        rows,
        rows / 60.0,
        judged,
        latency,
        List.of(inputs));
  }

  private static Alert alert(String severity) {
    return new Alert(
        AlertSpec.of("f;g;0", "ModelDrift", Duration.ZERO),
        Labels.of("alertname", "ModelDrift", "model", "ranker", "severity", severity),
        Alert.Phase.FIRING,
        NOW,
        Optional.of(NOW),
        Optional.empty(),
        NOW,
        1,
        Map.of("summary", "price drifted"));
  }

  private static ModelHealth of(Measures measures) {
    return ModelHealth.of(measures, List.of());
  }

  private static List<String> words(ModelHealth health) {
    return health.reasons().stream().map(Reason::words).toList();
  }

  @Test
  void aModelThatKeepsItsTargetsIsGreenAndNothingIsSaid() {
    ModelHealth health = of(measures(500, judged(1000, 960), latency(40), QUIET));
    assertThat(health.state()).isEqualTo(HealthState.GREEN);
    assertThat(health.reasons()).isEmpty();
  }

  @Test
  void accuracyBelowItsTargetIsRedOnceThereAreEnoughTruths() {
    ModelHealth health = of(measures(500, judged(200, 189), latency(40), QUIET));
    assertThat(health.state()).isEqualTo(HealthState.RED);
    assertThat(words(health)).containsExactly("accuracy is 94.5 %, target 95.0 %");

    ModelHealth few = of(measures(500, judged(199, 100), latency(40), QUIET));
    assertThat(few.state()).isEqualTo(HealthState.GREEN);
    assertThat(words(few)).containsExactly("accuracy is not known: 199 truths in 7 d, 200 needed");
  }

  @Test
  void latencyIsYellowAboveItsTargetAndRedAboveItsLimit() {
    assertThat(of(measures(500, judged(500, 500), latency(50), QUIET)).state())
        .isEqualTo(HealthState.GREEN);
    ModelHealth slow = of(measures(500, judged(500, 500), latency(51), QUIET));
    assertThat(slow.state()).isEqualTo(HealthState.YELLOW);
    assertThat(words(slow)).containsExactly("latency p95 is 51 ms, target 50 ms");
    ModelHealth slower = of(measures(500, judged(500, 500), latency(101), QUIET));
    assertThat(slower.state()).isEqualTo(HealthState.RED);
    assertThat(words(slower)).containsExactly("latency p95 is 101 ms, limit 100 ms");
  }

  @Test
  void driftAndBrokenDataWithoutALossAreYellowAndNamed() {
    ModelHealth health =
        of(
            measures(
                500,
                judged(1000, 990),
                latency(40),
                input("price", 0.31, State.CRITICAL, State.QUIET, 0),
                input("volume", 0.01, State.QUIET, State.WARNING, 0.062)));
    assertThat(health.state()).isEqualTo(HealthState.YELLOW);
    assertThat(words(health))
        .containsExactly(
            "price drifted: PSI 0.31, noise up to 0.03", "data of volume: 6.2 % missing");
  }

  @Test
  void ofManyInputsThreeAreNamedAndTheOthersCounted() {
    var inputs = new ArrayList<Input>();
    for (int i = 0; i < 10; i++) {
      inputs.add(input("f" + i, 0.3, State.WARNING, State.QUIET, 0));
    }
    ModelHealth health =
        of(measures(500, judged(500, 500), latency(40), inputs.toArray(Input[]::new)));
    assertThat(words(health)).hasSize(4).endsWith("7 more inputs drifted");
  }

  @Test
  void alertsOfHighSeverityAreRedAndMilderOnesYellow() {
    Measures fine = measures(500, judged(500, 500), latency(40), QUIET);
    assertThat(ModelHealth.of(fine, List.of(alert("warning"))).state())
        .isEqualTo(HealthState.YELLOW);
    ModelHealth red = ModelHealth.of(fine, List.of(alert("warning"), alert("critical")));
    assertThat(red.state()).isEqualTo(HealthState.RED);
    assertThat(words(red)).contains("ModelDrift fires: price drifted");
    assertThat(red.reasons().getFirst().state()).isEqualTo(HealthState.RED);
  }

  @Test
  void whatPredictsNothingOrIsNotMeasuredIsUnknownAndNeverGreen() {
    ModelHealth silent = of(measures(0, judged(1000, 990), latency(40), QUIET));
    assertThat(silent.state()).isEqualTo(HealthState.UNKNOWN);
    assertThat(words(silent)).containsExactly("no prediction within 1 h");

    ModelHealth blind = of(measures(500, judged(0, 0), NO_LATENCY, UNKNOWN));
    assertThat(blind.state()).isEqualTo(HealthState.UNKNOWN);
    assertThat(words(blind)).hasSize(2).anyMatch(it -> it.startsWith("drift is not known"));

    ModelHealth part = of(measures(500, judged(0, 0), latency(40), UNKNOWN));
    assertThat(part.state()).isEqualTo(HealthState.GREEN);
    assertThat(words(part)).hasSize(2);

    assertThat(ModelHealth.of(silent.measures(), List.of(alert("critical"))).state())
        .isEqualTo(HealthState.RED);
  }

  @Test
  void aModelOfNumbersIsNotHeldAgainstAnAccuracy() {
    var numbers = new Judged.Numbers(500, 3, 80, 30, 900, 0);
    var judged = new Judged(500, 500, 500, 2, 100, Map.of(), numbers, List.of(), NO_SCORES);
    ModelHealth health = of(measures(500, judged, latency(40), QUIET));
    assertThat(health.measures().classes()).isFalse();
    assertThat(health.state()).isEqualTo(HealthState.GREEN);
  }

  private static AlertView view(List<Alert> firing) {
    return new AlertView() {
      @Override
      public List<MarkedAlert> firing() {
        return firing.stream().map(one -> new MarkedAlert(one, List.of())).toList();
      }

      @Override
      public List<Alert> pending() {
        return List.of();
      }

      @Override
      public Map<String, RuleHealth> rules() {
        return Map.of();
      }
    };
  }

  @Test
  void theBoardMeasuresOnceAWhileAndKnowsAlertsAtOnce() {
    var models = new Models(ModelStore.inMemory());
    models.watch("ranker");
    var firing = new ArrayList<Alert>();
    var board = new HealthBoard(models, view(firing));

    ModelHealth first = board.find("ranker", NOW).orElseThrow();
    assertThat(first.state()).isEqualTo(HealthState.UNKNOWN);
    assertThat(first.measures().latency().p95()).isEmpty();
    long stamp = board.stamp();
    firing.add(alert("critical"));
    ModelHealth second = board.find("ranker", NOW.plusSeconds(14)).orElseThrow();
    assertThat(second.measures()).isSameAs(first.measures());
    assertThat(second.state()).isEqualTo(HealthState.RED);
    assertThat(board.stamp()).isNotEqualTo(stamp);
    assertThat(board.all(NOW.plusSeconds(15)).getFirst().measures().at())
        .isEqualTo(NOW.plusSeconds(15));
    assertThat(board.find("nobody", NOW)).isEmpty();
  }
}
