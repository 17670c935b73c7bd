package io.tocsin.check;

import static io.tocsin.check.Outcome.FAILURE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns results into verdicts, for all checks together, since one check's failure may be another's
 * fault. Not thread-safe: one caller at a time.
 *
 * <ul>
 *   <li><b>Streaks.</b> {@code down_after} consecutive failures make a check DOWN, then {@code
 *       up_after} consecutive answers bring it back; degradation comes and goes by the same two
 *       numbers. The first answer ever settles at once, the first failure does not.
 *   <li><b>Unknown never counts.</b> An unknown result shows as UNKNOWN at once, moves no streak,
 *       and the next known result shows the settled verdict again. No number of them makes a check
 *       DOWN.
 *   <li><b>Dependencies.</b> One cause, one page: while anything a check depends on, directly or
 *       not, is failing, its own failures are unknown, with the dependency named. When the
 *       dependency has been DOWN, the streak starts again from nothing after it comes back, so
 *       recovery has its {@code down_after} runs of grace. A check that was DOWN before its
 *       dependency stays DOWN: it has trouble of its own.
 *   <li><b>Guard.</b> A check becomes DOWN only when its guard has answered since the failures
 *       began. While the guard does not answer, failures are unknown with cause NETWORK, and a
 *       check that was DOWN shows UNKNOWN: a page that is out stays out, since unknown is not a
 *       recovery.
 *   <li><b>Restart.</b> Restored checks keep their settled verdict; unfinished streaks start anew,
 *       as the time between is ours.
 * </ul>
 */
public final class CheckTracker {

  /** One check with its neighbours: everything the next judgement needs. */
  private static final class Watch {
    final CheckPolicy policy;
    final List<Watch> dependencies = new ArrayList<>();
    @Nullable Watch guard;
    CheckState state;
    @Nullable CheckResult latest;

    Watch(CheckPolicy policy, CheckState state) {
      this.policy = policy;
      this.state = state;
    }

    boolean failing() {
      return state.settled().equals(Optional.of(Verdict.DOWN))
          || (latest != null && latest.outcome() == FAILURE);
    }

    boolean answers() {
      return latest != null
          && (latest.outcome() == Outcome.SUCCESS || latest.outcome() == Outcome.DEGRADED);
    }

    boolean heardSince(Instant moment) {
      return latest != null && !latest.at().isBefore(moment);
    }
  }

  /** Why a failure is not held against its target, and whether its streak is forgotten. */
  private record Excuse(Cause cause, boolean forgets) {}

  private final Map<String, Watch> watches = new LinkedHashMap<>();

  /**
   * @param policies the checks, names unique
   * @param restored what is remembered of them; states of other checks are ignored
   * @throws IllegalArgumentException when a name is taken twice, a dependency or guard does not
   *     exist, or checks depend on each other in a circle; the text names them
   */
  public CheckTracker(
      Collection<CheckPolicy> policies, Collection<CheckState> restored, Instant now) {
    for (CheckPolicy policy : policies) {
      var watch = new Watch(policy, CheckState.initial(policy.name(), now));
      if (watches.put(policy.name(), watch) != null) {
        throw new IllegalArgumentException("check " + policy.name() + " is there twice");
      }
    }
    for (Watch watch : watches.values()) {
      watch.guard = watch.policy.guard().map(name -> neighbour(watch, "guard", name)).orElse(null);
      collect(watch, watch, new ArrayList<>());
    }
    for (CheckState state : restored) {
      Watch watch = watches.get(state.check());
      if (watch != null) {
        watch.state = state.afterGap();
      }
    }
  }

  private Watch neighbour(Watch watch, String field, String name) {
    Watch found = watches.get(name);
    if (found == null || found == watch) {
      throw new IllegalArgumentException(
          "check %s: %s: found %s, expected the name of another check"
              .formatted(watch.policy.name(), field, name));
    }
    return found;
  }

  private void collect(Watch origin, Watch from, List<String> path) {
    path.add(from.policy.name());
    for (String name : from.policy.dependsOn()) {
      Watch next = neighbour(from, "depends_on", name);
      if (next == origin) {
        throw new IllegalArgumentException(
            "checks depend on each other in a circle: "
                + String.join(" -> ", path)
                + " -> "
                + name);
      }
      if (!origin.dependencies.contains(next)) {
        origin.dependencies.add(next);
        collect(origin, next, path);
      }
    }
    path.removeLast();
  }

  /** What is held of a check now; empty when there is no such check. */
  public Optional<CheckState> state(String check) {
    return Optional.ofNullable(watches.get(check)).map(watch -> watch.state);
  }

  /** What is held of every check, in the order of configuration. */
  public List<CheckState> states() {
    return watches.values().stream().map(watch -> watch.state).toList();
  }

  /**
   * The checks to run, and {@linkplain #advance advance}, before this result is judged, because
   * their word decides and is older than the failures: asked for only when the result would make
   * its check DOWN. Usually none.
   */
  public List<String> witnesses(CheckResult result) {
    Watch watch = watch(result);
    if (result.outcome() != FAILURE
        || isDown(watch)
        || watch.state.failures() + 1 < watch.policy.downAfter()) {
      return List.of();
    }
    Instant began = watch.state.failingSince().orElse(result.at());
    var names = new ArrayList<String>();
    if (watch.guard != null && !watch.guard.heardSince(began)) {
      names.add(watch.guard.policy.name());
    }
    for (Watch dependency : watch.dependencies) {
      if (!dependency.heardSince(began)) {
        names.add(dependency.policy.name());
      }
    }
    return names;
  }

  /**
   * Judges a result. Results of one check come in the order of their runs.
   *
   * @throws IllegalArgumentException when there is no such check
   */
  public CheckObservation advance(CheckResult result) {
    Watch watch = watch(result);
    watch.latest = result;
    CheckState before = watch.state;
    Optional<Excuse> excuse = result.outcome() == FAILURE ? excuse(watch) : Optional.empty();
    CheckResult judged = excuse.map(it -> result.excusedBy(it.cause())).orElse(result);
    if (excuse.isPresent() && excuse.get().forgets() && !isDown(watch)) {
      watch.state = before.withoutFailures();
    }
    watch.state =
        judged.outcome() == Outcome.UNKNOWN
            ? watch.state.shown(Verdict.UNKNOWN, judged)
            : settle(watch, judged);
    return new CheckObservation(judged, before.verdict(), watch.state.verdict());
  }

  private Watch watch(CheckResult result) {
    Watch watch = watches.get(result.check());
    if (watch == null) {
      throw new IllegalArgumentException("no such check: " + result.check());
    }
    return watch;
  }

  private static boolean isDown(Watch watch) {
    return watch.state.settled().equals(Optional.of(Verdict.DOWN));
  }

  private static Optional<Excuse> excuse(Watch watch) {
    Watch guard = watch.guard;
    if (guard != null && guard.latest != null && !guard.answers()) {
      var cause = Cause.network("guard " + guard.policy.name() + " does not answer");
      return Optional.of(new Excuse(cause, isDown(guard)));
    }
    if (isDown(watch)) {
      return Optional.empty();
    }
    Optional<Watch> down = watch.dependencies.stream().filter(CheckTracker::isDown).findFirst();
    return down.or(() -> watch.dependencies.stream().filter(Watch::failing).findFirst())
        .map(
            dependency ->
                new Excuse(
                    Cause.dependency(
                        "depends on "
                            + dependency.policy.name()
                            + (down.isPresent() ? ", which is DOWN" : ", which is failing")),
                    down.isPresent()));
  }

  private static CheckState settle(Watch watch, CheckResult result) {
    CheckPolicy policy = watch.policy;
    CheckState state = watch.state.counting(result, policy);
    Optional<Verdict> settled = state.settled();
    boolean enoughFailures = state.failures() >= policy.downAfter();
    if (enoughFailures && (isDown(watch) || guardAnswered(watch, state))) {
      settled = Optional.of(Verdict.DOWN);
    } else if (!enoughFailures) {
      settled = milder(state, policy, result.outcome());
    }
    return state.settling(settled, result);
  }

  /** The settled verdict of a state that has no case for DOWN. */
  private static Optional<Verdict> milder(CheckState state, CheckPolicy policy, Outcome outcome) {
    if (state.settled().isEmpty()) {
      return switch (outcome) {
        case SUCCESS -> Optional.of(Verdict.UP);
        case DEGRADED -> Optional.of(Verdict.DEGRADED);
        case FAILURE, UNKNOWN -> Optional.empty();
      };
    }
    return switch (state.settled().get()) {
      case DOWN ->
          state.answers() < policy.upAfter()
              ? state.settled()
              : Optional.of(state.successes() < policy.upAfter() ? Verdict.DEGRADED : Verdict.UP);
      case DEGRADED ->
          state.successes() < policy.upAfter() ? state.settled() : Optional.of(Verdict.UP);
      case UP, UNKNOWN ->
          state.strained() < policy.downAfter()
              ? Optional.of(Verdict.UP)
              : Optional.of(Verdict.DEGRADED);
    };
  }

  private static boolean guardAnswered(Watch watch, CheckState state) {
    Watch guard = watch.guard;
    return guard == null
        || (guard.answers() && guard.heardSince(state.failingSince().orElseThrow()));
  }
}
