package io.tocsin.postmortem;

import io.tocsin.incident.Change;
import io.tocsin.incident.Clock;
import io.tocsin.incident.ClockState;
import io.tocsin.incident.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How fast everybody was, as Markdown tables. */
final class TimingTables {

  private static final String NONE = "-";

  private TimingTables() {}

  private record Step(String name, Optional<Instant> at) {}

  /** One row for each step, with the time it took. */
  static String gaps(Gaps gaps) {
    var table = new StringBuilder();
    line(table, "| Step | Time (UTC) | After the step before | After the first bad sample |");
    line(table, "|---|---|---|---|");
    var steps =
        List.of(
            new Step("First bad sample", gaps.firstBadSample()),
            new Step("Detected: incident opened", gaps.detected()),
            new Step("Paged: first message delivered", gaps.paged()),
            new Step("Acknowledged", gaps.acknowledged()),
            new Step("First public update by a person", gaps.publicUpdate()),
            new Step("Resolved", gaps.resolved()));
    Optional<Instant> before = Optional.empty();
    for (Step step : steps) {
      line(
          table,
          "| %s | %s | %s | %s |",
          step.name(),
          step.at().map(Words::dayAndClock).orElse("never"),
          between(before, step.at()),
          before.isEmpty() ? NONE : between(gaps.firstBadSample(), step.at()));
      before = step.at().isPresent() ? step.at() : before;
    }
    return table.toString();
  }

  private static String between(Optional<Instant> from, Optional<Instant> to) {
    if (from.isEmpty() || to.isEmpty()) {
      return NONE;
    }
    Duration gap = Duration.between(from.get(), to.get());
    return gap.isNegative() ? Words.duration(gap.negated()) + " earlier" : Words.duration(gap);
  }

  /** One row for each clock of the incident. */
  static String clocks(Evidence evidence) {
    if (evidence.incident().clocks().isEmpty()) {
      return "This severity owes none.\n";
    }
    var table = new StringBuilder();
    line(table, "| Clock | Target | Took | |");
    line(table, "|---|---|---|---|");
    for (ClockState clock : evidence.incident().clocks()) {
      line(
          table,
          "| %s | %s | %s | %s |",
          Timeline.words(clock.clock()),
          Words.duration(Duration.between(clock.startedAt(), clock.deadline())),
          clock
              .metAt()
              .map(met -> Words.duration(Duration.between(clock.startedAt(), met)))
              .orElse("still running"),
          verdict(evidence, clock));
    }
    return table.toString();
  }

  private static String verdict(Evidence evidence, ClockState clock) {
    long breaches = breaches(evidence, clock.clock());
    if (breaches == 0 && clock.breachedAt().isEmpty()) {
      return clock.running() ? NONE : "met";
    }
    return breaches > 1 ? "**missed " + breaches + " times**" : "**missed**";
  }

  private static long breaches(Evidence evidence, Clock clock) {
    return evidence.events().stream()
        .filter(
            event ->
                event.change() instanceof Change.ClockBreached breached
                    && breached.clock() == clock)
        .count();
  }

  private static void line(StringBuilder table, String format, Object... values) {
    table.append(format.formatted(values)).append('\n');
  }
}
