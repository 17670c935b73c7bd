package io.tocsin.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of experiments does. */
public abstract class ExperimentStoreContract {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private ExperimentStore store = ExperimentStore.inMemory();
  private final Experiment experiment = make("checkout", NOW);

  protected abstract ExperimentStore store();

  @BeforeEach
  void open() {
    store = store();
    assertThat(store.add(experiment)).isTrue();
  }

  private static Experiment make(String name, Instant at) {
    return new Experiment(
        name,
        "Bigger button",
        List.of(new Variant("a", 1), new Variant("b", 2)),
        List.of(
            metric("bought", Metric.Kind.PROPORTION, Metric.Role.PRIMARY, Metric.Combine.MAX),
            metric("paid", Metric.Kind.MEAN, Metric.Role.SECONDARY, Metric.Combine.SUM),
            metric("latency", Metric.Kind.MEAN, Metric.Role.GUARDRAIL, Metric.Combine.LAST)),
        .05,
        .8,
        at,
        Optional.empty());
  }

  private static Metric metric(
      String name, Metric.Kind kind, Metric.Role role, Metric.Combine combine) {
    return new Metric(name, kind, Metric.Goal.INCREASE, role, .01, 0, combine, Metric.Absent.ZERO);
  }

  @Test
  void keepsAnExperimentOnceAndTheNewestComesFirst() {
    assertThat(store.add(experiment)).isFalse();
    Experiment newer = make("search", NOW.plusSeconds(60));
    store.add(newer);

    assertThat(store.find("checkout")).contains(experiment);
    assertThat(store.find("nothing")).isEmpty();
    assertThat(store.all()).containsExactly(newer, experiment);
  }

  @Test
  void remembersThatOneWasStopped() {
    Experiment stopped = experiment.stopped(NOW.plusSeconds(5));
    store.update(stopped);

    assertThat(store.find("checkout")).contains(stopped);
  }

  @Test
  void oneThatIsForgottenTakesItsCountsAlong() {
    store.expose("checkout", List.of(exposure("u1", "a")));
    store.record(experiment, List.of(outcome("u1", "bought", 1)));

    assertThat(store.remove("checkout")).isTrue();
    assertThat(store.remove("checkout")).isFalse();
    store.add(experiment);

    assertThat(store.tallies("checkout")).isEqualTo(Tallies.NONE);
  }

  @Test
  void aUnitIsExposedOnceAndKeepsItsVariant() {
    assertThat(store.expose("checkout", List.of(exposure("u1", "a"), exposure("u2", "b"))))
        .isEqualTo(2);
    assertThat(store.expose("checkout", List.of(exposure("u1", "b"), exposure("u3", "b"))))
        .isEqualTo(1);

    assertThat(store.tallies("checkout").exposed()).containsEntry("a", 1L).containsEntry("b", 2L);
    assertThat(store.tallies("nothing").exposed()).isEmpty();
  }

  @Test
  void outcomesCombineAsTheirMetricSays() {
    store.expose("checkout", List.of(exposure("u1", "a"), exposure("u2", "b")));

    int taken =
        store.record(
            experiment,
            List.of(
                outcome("u1", "bought", 1),
                outcome("u1", "bought", 0),
                outcome("u1", "paid", 2),
                outcome("u1", "paid", 3),
                outcome("u2", "latency", 9),
                outcome("u2", "latency", 7),
                outcome("nobody", "bought", 1)));

    assertThat(taken).isEqualTo(6);
    Tallies tallies = store.tallies("checkout");
    assertThat(tallies.outcomes().get("bought").get("a")).isEqualTo(new Tally(1, 1, 1));
    assertThat(tallies.outcomes().get("paid").get("a")).isEqualTo(new Tally(1, 5, 25));
    assertThat(tallies.outcomes().get("latency").get("b")).isEqualTo(new Tally(1, 7, 49));
  }

  @Test
  void anOutcomeWithAnIdIsAddedOnce() {
    store.expose("checkout", List.of(exposure("u1", "a")));
    var order = List.of(new Outcome("u1", "paid", 4, Optional.of("order-1")));

    store.record(experiment, order);
    store.record(experiment, order);
    store.record(experiment, List.of(new Outcome("u1", "paid", 1, Optional.of("order-2"))));

    assertThat(store.tallies("checkout").outcomes().get("paid").get("a"))
        .isEqualTo(new Tally(1, 5, 25));
  }

  private static Exposure exposure(String unit, String variant) {
    return new Exposure(unit, variant, NOW);
  }

  private static Outcome outcome(String unit, String metric, double value) {
    return new Outcome(unit, metric, value, Optional.empty());
  }
}
