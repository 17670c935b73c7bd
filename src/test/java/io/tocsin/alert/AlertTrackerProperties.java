package io.tocsin.alert;

import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert.Phase;
import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class AlertTrackerProperties {
  private static final int SERIES = 4;
  private static final AlertSpec RULE =
      AlertExamples.rule("Slow", Duration.ofSeconds(20), Duration.ofSeconds(10));

  private final AlertTracker tracker = new AlertTracker();

  /** One step of time: seconds passed and which of the series breach. */
  record Step(int seconds, Set<Integer> breaching) {}

  /** One sample of one series. */
  record Sample(int series, int seconds, boolean breaches) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Set<Integer>> breaching = Arbitraries.integers().between(0, SERIES - 1).set();
    return Combinators.combine(Arbitraries.integers().between(1, 30), breaching)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<Sample>> samples() {
    return Combinators.combine(
            Arbitraries.integers().between(0, SERIES - 1),
            Arbitraries.integers().between(1, 15),
            Arbitraries.of(true, false))
        .as(Sample::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  private static Breach breach(int series) {
    return AlertExamples.breach(RULE, "instance", Integer.toString(series));
  }

  /** What Prometheus' definition says of one series, in the plainest words. */
  private static final class Model {
    private Optional<Instant> activeSince = Optional.empty();
    private Optional<Instant> quietSince = Optional.empty();
    private boolean firing;

    void see(Instant at, boolean breaching) {
      if (breaching) {
        activeSince = activeSince.or(() -> Optional.of(at));
        quietSince = Optional.empty();
        firing |= !at.isBefore(activeSince.get().plus(RULE.holdFor()));
        return;
      }
      quietSince = quietSince.or(() -> Optional.of(at));
      if (!firing || !at.isBefore(quietSince.get().plus(RULE.keepFiringFor()))) {
        activeSince = Optional.empty();
        quietSince = Optional.empty();
        firing = false;
      }
    }

    Optional<Phase> phase() {
      return activeSince.map(since -> firing ? Phase.FIRING : Phase.PENDING);
    }
  }

  @Property(tries = 300)
  void everyAlertIsWhereTheDefinitionSays(@ForAll("steps") List<Step> steps) {
    Alerts alerts = Alerts.NONE;
    var models = new HashMap<Integer, Model>();
    Instant now = T0;
    for (Step step : steps) {
      now = now.plusSeconds(step.seconds());
      List<Breach> breaches =
          step.breaching().stream().map(AlertTrackerProperties::breach).toList();
      alerts = tracker.advance(alerts, List.of(Evaluation.found(RULE, now, breaches)), now).next();
      for (int series = 0; series < SERIES; series++) {
        Model model = models.computeIfAbsent(series, s -> new Model());
        model.see(now, step.breaching().contains(series));
        assertThat(phase(alerts, series)).isEqualTo(model.phase());
      }
    }
  }

  @Property(tries = 300)
  void whatIsWrittenIsWhatThereIs(@ForAll("steps") List<Step> steps) {
    Alerts alerts = Alerts.NONE;
    var written = new HashMap<AlertKey, Phase>();
    Instant now = T0;
    for (Step step : steps) {
      now = now.plusSeconds(step.seconds());
      List<Breach> breaches =
          step.breaching().stream().map(AlertTrackerProperties::breach).toList();
      var advance = tracker.advance(alerts, List.of(Evaluation.found(RULE, now, breaches)), now);
      advance.changed().forEach(alert -> written.put(alert.key(), alert.phase()));
      advance.gone().forEach(written::remove);
      alerts = advance.next();
      var there = new HashMap<AlertKey, Phase>();
      alerts.pending().forEach(alert -> there.put(alert.key(), alert.phase()));
      alerts.firing().forEach(alert -> there.put(alert.key(), alert.phase()));
      alerts.resolved().forEach(alert -> there.put(alert.key(), alert.phase()));
      assertThat(written).isEqualTo(there);
    }
  }

  /** The firing alerts of a version that grew out of others are those that it holds, in order. */
  @Property(tries = 300)
  void firingAlertsStayInOrderThroughEveryStep(@ForAll("steps") List<Step> steps) {
    List<AlertSpec> specs = Stream.of("b", "a", "c").map(name -> AlertExamples.rule(name)).toList();
    Alerts alerts = Alerts.NONE;
    Instant now = T0;
    for (Step step : steps) {
      now = now.plusSeconds(step.seconds());
      var evaluations = new ArrayList<Evaluation>();
      for (AlertSpec spec : specs) {
        // The name of the rule and the hour decide how bad it is: an alert's severity may change.
        Severity severity = Severity.values()[(step.seconds() + spec.alertName().charAt(0)) % 4];
        AlertSpec graded =
            new AlertSpec(
                spec.ruleId(),
                spec.alertName(),
                spec.holdFor(),
                spec.keepFiringFor(),
                Optional.of(severity),
                spec.runbook(),
                spec.impact(),
                spec.noData());
        evaluations.add(
            Evaluation.found(
                graded,
                now,
                step.breaching().stream()
                    .map(one -> AlertExamples.breach(graded, "instance", "" + one))
                    .toList()));
      }
      alerts = tracker.advance(alerts, evaluations, now).next();
      var anew = new Alerts(alerts.rules, alerts.alerts, alerts.nextForget, null);
      assertThat(alerts.firing()).isEqualTo(anew.firing());
    }
  }

  /** In-order samples of each series give the same alerts however they are batched. */
  @Property(tries = 300)
  void batchingDoesNotMatter(
      @ForAll("samples") List<Sample> samples, @ForAll @IntRange(min = 2, max = 10) int size) {
    List<Evaluation> one = evaluations(samples);
    Instant end = T0.plusSeconds(1_000);
    Alerts singly = Alerts.NONE;
    for (Evaluation evaluation : one) {
      singly = tracker.advance(singly, List.of(evaluation), end).next();
    }
    Alerts batched = Alerts.NONE;
    for (int from = 0; from < samples.size(); from += size) {
      List<Sample> batch = samples.subList(from, Math.min(samples.size(), from + size));
      List<Evaluation> evaluations = one.subList(from, from + batch.size());
      batched = tracker.advance(batched, bySeries(evaluations), end).next();
    }
    assertThat(batched.firing()).isEqualTo(singly.firing());
    assertThat(batched.pending()).isEqualTo(singly.pending());
    assertThat(batched.resolved()).isEqualTo(singly.resolved());
  }

  private static List<Evaluation> evaluations(List<Sample> samples) {
    Map<Integer, Instant> clocks = new HashMap<>();
    var evaluations = new ArrayList<Evaluation>();
    for (Sample sample : samples) {
      Instant at =
          clocks.merge(sample.series(), T0, (old, start) -> old.plusSeconds(sample.seconds()));
      Breach breach = breach(sample.series());
      evaluations.add(
          new Evaluation(
              RULE,
              at,
              new Evaluation.Scope.Only(Set.of(breach.labels())),
              new Evaluation.Outcome.Found(sample.breaches() ? List.of(breach) : List.of())));
    }
    return evaluations;
  }

  /** The same evaluations with those of one series side by side, each series still in order. */
  private static List<Evaluation> bySeries(List<Evaluation> evaluations) {
    var sorted = new ArrayList<Evaluation>();
    var seen = new HashSet<Labels>();
    for (Evaluation evaluation : evaluations) {
      Labels labels = labels(evaluation);
      if (seen.add(labels)) {
        evaluations.stream().filter(e -> labels(e).equals(labels)).forEach(sorted::add);
      }
    }
    return sorted;
  }

  private static Labels labels(Evaluation evaluation) {
    return ((Evaluation.Scope.Only) evaluation.scope()).labels().iterator().next();
  }

  private static Optional<Phase> phase(Alerts alerts, int series) {
    return alerts
        .find(new AlertKey(RULE.ruleId(), breach(series).labels()))
        .filter(Alert::active)
        .map(Alert::phase);
  }
}
