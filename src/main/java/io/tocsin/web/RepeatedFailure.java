package io.tocsin.web;

import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckResult;
import io.tocsin.check.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs of a check that were no success, one after another and for the same cause, as one line.
 *
 * @param latest the newest of them
 * @param first when the oldest began
 * @param times how many they are
 * @param shortest the least time one took, seconds
 * @param longest the most time one took, seconds
 */
public record RepeatedFailure(
    CheckResult latest, Instant first, int times, double shortest, double longest) {

  private static RepeatedFailure of(CheckResult result) {
    double took = result.durationSeconds();
    return new RepeatedFailure(result, result.at(), 1, took, took);
  }

  /**
   * The newest lines, newest first. A success between two equal failures does not part them: the
   * line says between when they were.
   *
   * @param runs oldest first
   */
  static List<RepeatedFailure> newest(List<CheckObservation> runs, int limit) {
    var lines = new ArrayList<RepeatedFailure>();
    for (CheckObservation run : runs.reversed()) {
      CheckResult result = run.result();
      if (result.outcome() == Outcome.SUCCESS) {
        continue;
      }
      if (!lines.isEmpty() && lines.getLast().repeats(result)) {
        lines.set(lines.size() - 1, lines.getLast().with(result));
      } else if (lines.size() < limit) {
        lines.add(of(result));
      } else {
        break;
      }
    }
    return List.copyOf(lines);
  }

  private boolean repeats(CheckResult older) {
    return latest.outcome() == older.outcome()
        && latest.cause().equals(older.cause())
        && latest.detail().equals(older.detail())
        && latest.statusCode().equals(older.statusCode());
  }

  private RepeatedFailure with(CheckResult older) {
    double took = older.durationSeconds();
    return new RepeatedFailure(
        latest, older.at(), times + 1, Math.min(shortest, took), Math.max(longest, took));
  }

  /** Whose fault and why: {@code target: status 503, expected 200}. */
  public String cause() {
    return latest
        .cause()
        .map(cause -> cause.side().name().toLowerCase(Locale.ROOT) + ": " + cause.reason())
        .orElse("");
  }

  /** What was found, where the cause does not say it already. */
  public String found() {
    boolean said = latest.cause().filter(it -> it.reason().equals(latest.detail())).isPresent();
    return said ? "" : latest.detail();
  }

  /** How long they took, milliseconds: {@code 1.5} or {@code 1.5 to 12}. */
  public String took() {
    String least = Times.millis(shortest * 1e3);
    String most = Times.millis(longest * 1e3);
    return least.equals(most) ? most : least + " to " + most;
  }
}
