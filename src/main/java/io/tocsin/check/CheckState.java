package io.tocsin.check;

import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a check between two results. Streaks count consecutive known results and
 * stop at the threshold they serve, so in quiet times a state does not change and need not be
 * written.
 *
 * @param check the check's name
 * @param verdict what is shown and acted upon
 * @param settled the last verdict that was not UNKNOWN; empty until the first
 * @param since when {@code verdict} began: the start of the run that decided it
 * @param failures consecutive failures
 * @param answers consecutive results that were no failure
 * @param strained consecutive results that were no plain success
 * @param successes consecutive plain successes
 * @param failingSince start of the first run of the present streak of failures
 * @param cause why the verdict is not UP
 */
public record CheckState(
    String check,
    Verdict verdict,
    Optional<Verdict> settled,
    Instant since,
    int failures,
    int answers,
    int strained,
    int successes,
    Optional<Instant> failingSince,
    Optional<Cause> cause) {

  /** A check that has not run yet. */
  public static CheckState initial(String check, Instant now) {
    return new CheckState(
        check,
        Verdict.UNKNOWN,
        Optional.empty(),
        now,
        0,
        0,
        0,
        0,
        Optional.empty(),
        Optional.of(Cause.ourselves("not checked yet")));
  }

  /** A check that is known to be DOWN, though its state was not written in time. */
  public static CheckState down(String check, Instant since, Cause cause) {
    return new CheckState(
        check,
        Verdict.DOWN,
        Optional.of(Verdict.DOWN),
        since,
        1,
        0,
        1,
        0,
        Optional.of(since),
        Optional.of(cause));
  }

  /** Whether at most the words of the cause differ, which is not worth writing down. */
  public boolean alike(CheckState other) {
    return equals(
        new CheckState(
            other.check,
            other.verdict,
            other.settled,
            other.since,
            other.failures,
            other.answers,
            other.strained,
            other.successes,
            other.failingSince,
            cause));
  }

  /** As restored after a time in which we were not running. */
  CheckState afterGap() {
    boolean down = settled.equals(Optional.of(Verdict.DOWN));
    return new CheckState(
        check,
        verdict,
        settled,
        since,
        down ? failures : 0,
        0,
        0,
        0,
        down ? failingSince : Optional.empty(),
        cause);
  }

  CheckState withoutFailures() {
    return new CheckState(
        check, verdict, settled, since, 0, answers, 0, successes, Optional.empty(), cause);
  }

  /** With the streaks moved by a known result. */
  CheckState counting(CheckResult result, CheckPolicy policy) {
    boolean failed = result.outcome() == Outcome.FAILURE;
    boolean fine = result.outcome() == Outcome.SUCCESS;
    return new CheckState(
        check,
        verdict,
        settled,
        since,
        failed ? Math.min(failures + 1, policy.downAfter()) : 0,
        failed ? 0 : Math.min(answers + 1, policy.upAfter()),
        fine ? 0 : Math.min(strained + 1, policy.downAfter()),
        fine ? Math.min(successes + 1, policy.upAfter()) : 0,
        failed ? failingSince.or(() -> Optional.of(result.at())) : Optional.empty(),
        cause);
  }

  CheckState settling(Optional<Verdict> verdictSettled, CheckResult result) {
    return new CheckState(
            check,
            verdict,
            verdictSettled,
            since,
            failures,
            answers,
            strained,
            successes,
            failingSince,
            cause)
        .shown(verdictSettled.orElse(Verdict.UNKNOWN), result);
  }

  /** Showing a verdict from the run that decided it. */
  CheckState shown(Verdict shown, CheckResult result) {
    return new CheckState(
        check,
        shown,
        settled,
        shown == verdict ? since : result.at(),
        failures,
        answers,
        strained,
        successes,
        failingSince,
        shown == Verdict.UP ? Optional.empty() : result.cause().or(() -> cause));
  }
}
