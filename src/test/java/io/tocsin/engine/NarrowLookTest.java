package io.tocsin.engine;

import static io.tocsin.alert.AlertExamples.T0;
import static io.tocsin.alert.AlertExamples.breach;
import static io.tocsin.alert.AlertExamples.rule;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Breach;
import io.tocsin.alert.Evaluation;
import io.tocsin.incident.GroupKey;
import io.tocsin.incident.Incident;
import io.tocsin.label.Matcher;
import io.tocsin.silence.InhibitRule;
import io.tocsin.silence.Silences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A cycle that looks only at what changed decides as one that looks at everything. */
class NarrowLookTest {
  private static final List<AlertSpec> RULES = List.of(rule("Down"), rule("Slow"));
  private static final int DOWN = 0;
  private static final int HOSTS = 5;
  private static final Silences DOWN_EXPLAINS_SLOW =
      new Silences(
          List.of(),
          List.of(),
          List.of(
              new InhibitRule(
                  List.of(Matcher.of("alertname", Matcher.Op.EQUAL, "Down")),
                  List.of(Matcher.of("alertname", Matcher.Op.EQUAL, "Slow")),
                  List.of("host"))));

  /** One alert that breaches, or does no longer. */
  record Step(int rule, int host, boolean breaches) {
    Step downOnlyBegins() {
      return rule == DOWN ? new Step(rule, host, true) : this;
    }

    Evaluation at(Instant at) {
      AlertSpec spec = RULES.get(rule);
      Breach breach = breach(spec, "host", "h" + host);
      return new Evaluation(
          spec,
          at,
          new Evaluation.Scope.Only(Set.of(breach.labels())),
          new Evaluation.Outcome.Found(breaches ? List.of(breach) : List.of()));
    }
  }

  /** A road of its own: a cycle's planner remembers seats. */
  private static final class Way {
    private final EvaluationCycle cycle = new EvaluationCycle(Road.POLICIES);
    private EngineState state = EngineState.EMPTY;

    EvaluationCycle.Result go(
        List<Evaluation> evaluations, Silences silences, boolean whole, Instant now) {
      var alerts = cycle.advance(state, evaluations, Set.of(), now);
      EvaluationCycle.Result result = cycle.run(state, alerts, List.of(), silences, whole, now);
      state = result.next();
      return result;
    }

    Map<GroupKey, Set<AlertKey>> open() {
      return state.incidents().open().stream()
          .collect(
              toMap(
                  Incident::group,
                  it ->
                      it.alerts().stream().filter(Alert::active).map(Alert::key).collect(toSet())));
    }
  }

  @Property(tries = 200)
  void bothWriteTheSameWhereNothingIsMuted(@ForAll("stories") List<List<Step>> story) {
    var whole = new Way();
    var narrow = new Way();
    Instant now = T0;
    for (List<Step> steps : story) {
      now = now.plusMillis(10);
      List<Evaluation> evaluations = evaluations(steps, now);
      var one = whole.go(evaluations, Silences.NONE, true, now).commit();
      var other = narrow.go(evaluations, Silences.NONE, false, now).commit();
      assertThat(other).isEqualTo(one);
    }
  }

  /** Down begins and ends with all the rest: in between what it explains makes no sound. */
  @Property(tries = 200)
  void theNextWholeLookMakesGoodWhatAMuteHid(@ForAll("stories") List<List<Step>> story) {
    var whole = new Way();
    var narrow = new Way();
    Instant now = T0;
    var tale = new ArrayList<>(story);
    tale.replaceAll(steps -> steps.stream().map(Step::downOnlyBegins).toList());
    tale.add(
        IntStream.rangeClosed(0, HOSTS).mapToObj(host -> new Step(DOWN, host, false)).toList());
    for (List<Step> steps : tale) {
      now = now.plusMillis(10);
      List<Evaluation> evaluations = evaluations(steps, now);
      var one = whole.go(evaluations, DOWN_EXPLAINS_SLOW, true, now);
      var other = narrow.go(evaluations, DOWN_EXPLAINS_SLOW, false, now);
      assertThat(other.firing()).isEqualTo(one.firing());
    }
    var one = whole.go(List.of(), DOWN_EXPLAINS_SLOW, true, now);
    var other = narrow.go(List.of(), DOWN_EXPLAINS_SLOW, true, now);
    assertThat(narrow.open()).isEqualTo(whole.open());
    assertThat(other.muted()).isEmpty();
    assertThat(one.muted()).isEmpty();
  }

  private static List<Evaluation> evaluations(List<Step> steps, Instant at) {
    var evaluations = new ArrayList<Evaluation>();
    steps.forEach(step -> evaluations.add(step.at(at)));
    return evaluations;
  }

  @Provide
  Arbitrary<List<List<Step>>> stories() {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.integers().between(0, 1),
                Arbitraries.integers().between(0, HOSTS),
                Arbitraries.of(true, true, false))
            .as(Step::new);
    return step.list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .uniqueElements(it -> it.rule() + " " + it.host())
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }
}
