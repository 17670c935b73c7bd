package io.tocsin.check;

import static io.tocsin.check.Outcome.DEGRADED;
import static io.tocsin.check.Outcome.FAILURE;
import static io.tocsin.check.Outcome.SUCCESS;
import static io.tocsin.check.Outcome.UNKNOWN;
import static io.tocsin.check.Results.START;
import static io.tocsin.check.Results.guarded;
import static io.tocsin.check.Results.minute;
import static io.tocsin.check.Results.policy;
import static io.tocsin.check.Results.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CheckTrackerTest {

  private static CheckTracker tracker(CheckPolicy... policies) {
    return new CheckTracker(List.of(policies), List.of(), START);
  }

  private static List<Verdict> verdicts(CheckTracker tracker, String check, Outcome... outcomes) {
    var verdicts = new ArrayList<Verdict>();
    for (int i = 0; i < outcomes.length; i++) {
      verdicts.add(tracker.advance(result(check, i, outcomes[i])).after());
    }
    return verdicts;
  }

  @Test
  void downAfterThatManyFailuresAndUpAfterThatManySuccesses() {
    assertThat(
            verdicts(
                tracker(policy("web")),
                "web",
                SUCCESS,
                FAILURE,
                FAILURE,
                FAILURE,
                SUCCESS,
                FAILURE,
                SUCCESS,
                SUCCESS))
        .containsExactly(
            Verdict.UP,
            Verdict.UP,
            Verdict.UP,
            Verdict.DOWN,
            Verdict.DOWN,
            Verdict.DOWN,
            Verdict.DOWN,
            Verdict.UP);
  }

  @Test
  void theFirstAnswerSettlesAtOnceTheFirstFailureDoesNot() {
    assertThat(verdicts(tracker(policy("web")), "web", FAILURE, FAILURE, DEGRADED))
        .containsExactly(Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.DEGRADED);
  }

  @Test
  void degradationComesAndGoesByTheSameNumbers() {
    assertThat(
            verdicts(
                tracker(policy("web")),
                "web",
                SUCCESS,
                DEGRADED,
                FAILURE,
                DEGRADED,
                SUCCESS,
                SUCCESS))
        .containsExactly(
            Verdict.UP, Verdict.UP, Verdict.UP, Verdict.DEGRADED, Verdict.DEGRADED, Verdict.UP);
  }

  @Test
  void unknownShowsAtOnceAndTheNextKnownResultBringsTheSettledVerdictBack() {
    CheckTracker tracker = tracker(policy("web"));

    assertThat(
            verdicts(tracker, "web", SUCCESS, FAILURE, FAILURE, UNKNOWN, UNKNOWN, UNKNOWN, FAILURE))
        .endsWith(Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.DOWN);
    assertThat(tracker.state("web").orElseThrow().failingSince()).contains(minute(1));
    assertThat(tracker.state("web").orElseThrow().since()).isEqualTo(minute(6));
  }

  @Test
  void aFailureIsNotHeldAgainstACheckWhoseDependencyFails() {
    CheckTracker tracker =
        tracker(policy("web", "api"), policy("api", "database"), policy("database"));
    verdicts(tracker, "web", SUCCESS);
    tracker.advance(result("database", 1, FAILURE));

    CheckObservation observation = tracker.advance(result("web", 2, FAILURE));

    assertThat(observation.after()).isEqualTo(Verdict.UNKNOWN);
    assertThat(observation.result().outcome()).isEqualTo(UNKNOWN);
    assertThat(observation.result().cause())
        .contains(Cause.dependency("depends on database, which is failing"));
  }

  @Test
  void afterADependencyWasDownTheStreakStartsFromNothing() {
    CheckTracker tracker = tracker(policy("web", "database"), policy("database"));
    verdicts(tracker, "web", SUCCESS, FAILURE, FAILURE);
    verdicts(tracker, "database", FAILURE, FAILURE, FAILURE);
    tracker.advance(result("web", 3, FAILURE));
    verdicts(tracker, "database", SUCCESS, SUCCESS);

    assertThat(verdicts(tracker, "web", FAILURE, FAILURE, FAILURE))
        .containsExactly(Verdict.UP, Verdict.UP, Verdict.DOWN);
  }

  @Test
  void aCheckThatWasDownBeforeItsDependencyStaysDown() {
    CheckTracker tracker = tracker(policy("web", "database"), policy("database"));
    verdicts(tracker, "web", FAILURE, FAILURE, FAILURE);
    verdicts(tracker, "database", FAILURE, FAILURE, FAILURE);

    assertThat(tracker.advance(result("web", 4, FAILURE)).after()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void noCheckGoesDownBeforeItsGuardHasAnsweredSinceTheFailuresBegan() {
    CheckTracker tracker = tracker(guarded("web", "gateway"), policy("gateway"));
    tracker.advance(result("gateway", 0, SUCCESS));
    tracker.advance(result("web", 0, SUCCESS));

    assertThat(tracker.witnesses(result("web", 1, FAILURE))).containsExactly("gateway");
    assertThat(tracker.advance(result("web", 1, FAILURE)).after()).isEqualTo(Verdict.UP);
    tracker.advance(result("gateway", 2, SUCCESS));
    assertThat(tracker.witnesses(result("web", 2, FAILURE))).isEmpty();
    assertThat(tracker.advance(result("web", 2, FAILURE)).after()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void downShowsUnknownWhileTheGuardDoesNotAnswer() {
    CheckTracker tracker = tracker(guarded("web", "gateway"), policy("gateway"));
    tracker.advance(result("gateway", 1, SUCCESS));
    tracker.advance(result("web", 1, FAILURE));
    tracker.advance(result("gateway", 2, FAILURE));

    CheckObservation silent = tracker.advance(result("web", 2, FAILURE));
    tracker.advance(result("gateway", 3, SUCCESS));
    CheckObservation heard = tracker.advance(result("web", 3, FAILURE));

    assertThat(silent.before()).isEqualTo(Verdict.DOWN);
    assertThat(silent.after()).isEqualTo(Verdict.UNKNOWN);
    assertThat(silent.result().cause()).contains(Cause.network("guard gateway does not answer"));
    assertThat(heard.after()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void witnessesAreAskedOnlyWhenAResultWouldMakeItsCheckDown() {
    CheckTracker tracker = tracker(policy("web", "database"), policy("database"));

    assertThat(tracker.witnesses(result("web", 0, FAILURE))).isEmpty();
    verdicts(tracker, "web", FAILURE, FAILURE);
    assertThat(tracker.witnesses(result("web", 2, SUCCESS))).isEmpty();
    assertThat(tracker.witnesses(result("web", 2, FAILURE))).containsExactly("database");
  }

  @Test
  void aRestartKeepsTheSettledVerdictAndStartsUnfinishedStreaksAnew() {
    CheckTracker first = tracker(policy("web"), policy("api"));
    verdicts(first, "web", FAILURE, FAILURE, FAILURE);
    verdicts(first, "api", SUCCESS, FAILURE, FAILURE);

    var second = new CheckTracker(List.of(policy("web"), policy("api")), first.states(), START);

    assertThat(second.state("web").orElseThrow().verdict()).isEqualTo(Verdict.DOWN);
    assertThat(verdicts(second, "web", SUCCESS, SUCCESS)).containsExactly(Verdict.DOWN, Verdict.UP);
    assertThat(verdicts(second, "api", FAILURE, FAILURE, FAILURE))
        .containsExactly(Verdict.UP, Verdict.UP, Verdict.DOWN);
  }

  @Test
  void aQuietCheckKeepsAnUnchangedState() {
    CheckTracker tracker = tracker(policy("web"));
    verdicts(tracker, "web", SUCCESS, SUCCESS);
    CheckState settled = tracker.state("web").orElseThrow();

    tracker.advance(result("web", 9, SUCCESS));

    assertThat(tracker.state("web")).contains(settled);
  }

  @Test
  void namesThatDoNotFitTogetherAreRefused() {
    assertThatThrownBy(() -> tracker(policy("web", "databse")))
        .hasMessage("check web: depends_on: found databse, expected the name of another check");
    assertThatThrownBy(() -> tracker(guarded("web", "web")))
        .hasMessage("check web: guard: found web, expected the name of another check");
    assertThatThrownBy(() -> tracker(policy("a", "b"), policy("b", "c"), policy("c", "b")))
        .hasMessageContaining("circle: ");
    assertThatThrownBy(() -> tracker(policy("a"), policy("a")))
        .hasMessage("check a is there twice");
    assertThatThrownBy(() -> policy("a", 0, 1, Optional.empty(), List.of()))
        .hasMessage("down_after: found 0, expected at least 1");
  }

  @Property(tries = 500)
  void aVerdictRestsOnTheLastKnownResultsAndUnknownNeverCounts(
      @ForAll @Size(max = 40) List<Outcome> outcomes,
      @ForAll @IntRange(min = 1, max = 4) int downAfter,
      @ForAll @IntRange(min = 1, max = 4) int upAfter) {
    CheckTracker mixed = tracker(policy("web", downAfter, upAfter, Optional.empty(), List.of()));
    CheckTracker knownOnly =
        tracker(policy("web", downAfter, upAfter, Optional.empty(), List.of()));
    var known = new ArrayList<Outcome>();
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      Verdict verdict = mixed.advance(result("web", i, outcome)).after();
      if (outcome == UNKNOWN) {
        assertThat(verdict).isEqualTo(Verdict.UNKNOWN);
        continue;
      }
      known.add(outcome);
      assertThat(knownOnly.advance(result("web", i, outcome)).after()).isEqualTo(verdict);
      if (endsWith(known, downAfter, FAILURE)) {
        assertThat(verdict).isEqualTo(Verdict.DOWN);
      }
      if (endsWith(known, upAfter, SUCCESS)) {
        assertThat(verdict).isEqualTo(Verdict.UP);
      }
      assertThat(verdict == Verdict.DOWN).isEqualTo(downByDefinition(known, downAfter, upAfter));
    }
  }

  @Property(tries = 300)
  void nothingGuardedGoesDownWhileTheGuardIsSilent(@ForAll @Size(max = 60) List<Outcome> outcomes) {
    CheckTracker tracker = tracker(guarded("web", "gateway"), policy("gateway"));
    Optional<Outcome> guard = Optional.empty();
    for (int i = 0; i < outcomes.size(); i++) {
      if (i % 2 == 0) {
        guard = Optional.of(outcomes.get(i));
        tracker.advance(result("gateway", i, outcomes.get(i)));
        continue;
      }
      Verdict after = tracker.advance(result("web", i, outcomes.get(i))).after();
      boolean silent = guard.equals(Optional.of(FAILURE)) || guard.equals(Optional.of(UNKNOWN));
      if (silent && outcomes.get(i) == FAILURE) {
        assertThat(after).isEqualTo(Verdict.UNKNOWN);
      }
    }
  }

  /** DOWN since some run of failures that long, and no run of answers that long after it. */
  private static boolean downByDefinition(List<Outcome> known, int downAfter, int upAfter) {
    boolean down = false;
    for (int end = 1; end <= known.size(); end++) {
      List<Outcome> head = known.subList(0, end);
      if (endsWith(head, downAfter, FAILURE)) {
        down = true;
      } else if (endsWith(head, upAfter, SUCCESS, DEGRADED)) {
        down = false;
      }
    }
    return down;
  }

  private static boolean endsWith(List<Outcome> outcomes, int count, Outcome... any) {
    return outcomes.size() >= count
        && outcomes.subList(outcomes.size() - count, outcomes.size()).stream()
            .allMatch(List.of(any)::contains);
  }
}
