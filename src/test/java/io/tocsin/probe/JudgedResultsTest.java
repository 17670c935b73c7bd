package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.check.Cause;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckResult;
import io.tocsin.check.Outcome;
import io.tocsin.check.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JudgedResultsTest {

  private final AtomicLong millis = new AtomicLong(1_000);
  private final List<List<String>> passed = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();
  private final JudgedResults results =
      new JudgedResults(
          some -> passed.add(some.stream().map(one -> one.observation().result().check()).toList()),
          timers::add,
          () -> TimeUnit.MILLISECONDS.toNanos(millis.get()));

  private void add(String check, Verdict after) {
    var result =
        new CheckResult(
            check,
            "part",
            Instant.EPOCH,
            0.1,
            after == Verdict.UP ? Outcome.SUCCESS : Outcome.FAILURE,
            after == Verdict.UP ? Optional.empty() : Optional.of(Cause.target("broken")),
            "",
            Optional.empty(),
            OptionalInt.empty());
    var observation = new CheckObservation(result, Verdict.UP, after);
    results.add(new JudgedResults.Judged(observation, List.of(), Optional.empty()));
  }

  @Test
  void oneThatComesAloneGoesAtOnce() {
    add("a", Verdict.UP);
    millis.addAndGet(JudgedResults.PAUSE_MILLIS);
    add("b", Verdict.UP);

    assertThat(passed).containsExactly(List.of("a"), List.of("b"));
    assertThat(timers).isEmpty();
  }

  @Test
  void manyGoTogetherAfterAPause() {
    add("a", Verdict.UP);
    add("b", Verdict.UP);
    add("c", Verdict.UP);
    assertThat(passed).containsExactly(List.of("a"));
    assertThat(timers).hasSize(1);

    timers.removeFirst().run();
    assertThat(passed).containsExactly(List.of("a"), List.of("b", "c"));
  }

  @Test
  void aChangeOfVerdictTakesThoseBeforeItAlong() {
    add("a", Verdict.UP);
    add("b", Verdict.UP);
    add("c", Verdict.DOWN);

    assertThat(passed).containsExactly(List.of("a"), List.of("b", "c"));
  }

  @Test
  void aListenerThatFailsDoesNotKeepWhatComesAfterIt() {
    var calls = new ArrayList<Integer>();
    var failing =
        new JudgedResults(
            some -> {
              calls.add(some.size());
              if (calls.size() == 1) {
                throw new IllegalStateException("full");
              }
            },
            timers::add,
            () -> TimeUnit.MILLISECONDS.toNanos(millis.get()));
    var result =
        new CheckResult(
            "a",
            "part",
            Instant.EPOCH,
            0.1,
            Outcome.SUCCESS,
            Optional.empty(),
            "",
            Optional.empty(),
            OptionalInt.empty());
    var judged =
        new JudgedResults.Judged(
            new CheckObservation(result, Verdict.UP, Verdict.UP), List.of(), Optional.empty());
    assertThatThrownBy(() -> failing.add(judged)).hasMessage("full");
    failing.add(judged);
    failing.flush();

    assertThat(calls).containsExactly(1, 1);
  }
}
