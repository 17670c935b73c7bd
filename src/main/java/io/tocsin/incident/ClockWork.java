package io.tocsin.incident;

import io.tocsin.alert.Severity;
import io.tocsin.incident.ClockTargets.Audience;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How an incident's clocks start, are met, follow a change of severity, warn, breach, and where the
 * policy allows it pause. The public update is owed while the incident is public.
 */
public final class ClockWork {

  private final SeverityPolicy policy;

  public ClockWork(SeverityPolicy policy) {
    this.policy = policy;
  }

  /** Writes what is due on every open incident: a warning before a deadline, a breach after it. */
  public void advance(Recorder recorder, Instant now) {
    for (Incident incident : recorder.lookedAt()) {
      for (Change change : due(incident, now)) {
        recorder.record(incident.id(), Actor.SYSTEM, change, now);
      }
    }
  }

  /** Warnings and breaches that are due and not yet written. */
  List<Change> due(Incident incident, Instant now) {
    var due = new ArrayList<Change>(0);
    for (ClockState state : incident.clocks()) {
      if (!state.running() || state.breachedAt().isPresent() || state.pausedAt().isPresent()) {
        continue;
      }
      if (!now.isBefore(state.deadline())) {
        due.add(new Change.ClockBreached(state.clock(), state.deadline()));
      } else if (!state.warned() && !now.isBefore(policy.warning(incident.severity(), state))) {
        due.add(new Change.ClockWarned(state.clock(), state.deadline()));
      }
    }
    return due;
  }

  /** The clocks at the opening. */
  List<ClockState> started(Severity severity, boolean published, Instant at) {
    var clocks = new ArrayList<ClockState>();
    for (Clock clock : Clock.values()) {
      if (clock != Clock.PUBLIC_UPDATE || published) {
        policy
            .of(severity)
            .target(clock)
            .ifPresent(target -> clocks.add(fresh(severity, clock, at, target)));
      }
    }
    return clocks;
  }

  /**
   * The clocks after a change of severity. On a rise, unmet clocks run anew from the change; on a
   * fall, the deadline is the opening plus the new target; a recorded breach stays; a clock that
   * the new severity does not have ends unless it was met or breached.
   */
  List<ClockState> regraded(
      List<ClockState> clocks, Change.SeverityChanged change, Incident incident, Instant at) {
    boolean rise = change.to().worseThan(change.from());
    var regraded = new ArrayList<ClockState>();
    for (Clock clock : Clock.values()) {
      Optional<ClockState> old = find(clocks, clock);
      Optional<Duration> target = policy.of(change.to()).target(clock);
      if (old.isPresent() && (!old.get().running() || target.isEmpty())) {
        if (!old.get().running() || old.get().breachedAt().isPresent()) {
          regraded.add(old.get());
        }
      } else if (target.isPresent() && (clock != Clock.PUBLIC_UPDATE || incident.published())) {
        Instant start = rise ? at : old.map(ClockState::startedAt).orElse(incident.openedAt());
        Duration paused = rise ? Duration.ZERO : old.map(ClockState::paused).orElse(Duration.ZERO);
        Optional<Instant> standing = old.flatMap(ClockState::pausedAt);
        regraded.add(
            new ClockState(
                clock,
                start,
                policy.deadline(change.to(), clock, start, target.get().plus(paused)),
                Optional.empty(),
                false,
                old.flatMap(ClockState::breachedAt),
                rise ? standing.map(since -> at) : standing,
                paused,
                old.flatMap(ClockState::remindedAt)));
      }
    }
    return regraded;
  }

  /** Acknowledged: somebody responds. */
  List<ClockState> acknowledged(List<ClockState> clocks, Severity severity, Instant at) {
    return met(clocks, severity, Clock.RESPONSE, at);
  }

  /** Stakeholders were told by a person. */
  List<ClockState> stakeholdersInformed(List<ClockState> clocks, Severity severity, Instant at) {
    return met(clocks, severity, Clock.COMMUNICATION, at);
  }

  /**
   * A person updated the status page: the update is met and owed again where the table says so;
   * affected users, but not stakeholders, are told by it too.
   */
  List<ClockState> publiclyUpdated(List<ClockState> clocks, Severity severity, Instant at) {
    ClockTargets targets = policy.of(severity);
    List<ClockState> told =
        targets.told() == Audience.AFFECTED_USERS
            ? met(clocks, severity, Clock.COMMUNICATION, at)
            : clocks;
    return targets
        .publicUpdateEvery()
        .map(
            every ->
                change(
                    told,
                    Clock.PUBLIC_UPDATE,
                    s -> fresh(severity, Clock.PUBLIC_UPDATE, at, every)))
        .orElseGet(() -> met(told, severity, Clock.PUBLIC_UPDATE, at));
  }

  /** It is public from now on, or no longer: the public update is owed from now, or not at all. */
  List<ClockState> publication(
      List<ClockState> clocks, boolean published, Severity severity, Instant at) {
    var changed = new ArrayList<>(clocks);
    if (!published) {
      changed.removeIf(
          s -> s.clock() == Clock.PUBLIC_UPDATE && s.running() && s.breachedAt().isEmpty());
    } else if (find(clocks, Clock.PUBLIC_UPDATE).isEmpty()) {
      policy
          .of(severity)
          .publicUpdate()
          .ifPresent(target -> changed.add(fresh(severity, Clock.PUBLIC_UPDATE, at, target)));
    }
    return changed;
  }

  /** It is over: the resolution is met, and nothing more is owed to the public or responders. */
  List<ClockState> over(List<ClockState> clocks, Severity severity, Instant at) {
    return clocks.stream().map(s -> s.running() ? met(s, severity, at) : s).toList();
  }

  /** They stand still from now on, but for those that are met or missed their target already. */
  List<ClockState> paused(List<ClockState> clocks, List<Clock> which, Instant at) {
    return clocks.stream()
        .map(s -> which.contains(s.clock()) && s.pausable() ? s.paused(at) : s)
        .toList();
  }

  /** Whatever stands still runs again, its deadline moved by as long as it stood. */
  List<ClockState> resumed(List<ClockState> clocks, Severity severity, Instant at) {
    return clocks.stream().map(s -> resumed(s, severity, at)).toList();
  }

  private ClockState resumed(ClockState state, Severity severity, Instant at) {
    return state
        .pausedAt()
        .map(
            since -> {
              Duration stood = policy.between(severity, state.clock(), since, at);
              Duration left = policy.between(severity, state.clock(), since, state.deadline());
              return state.resumed(stood, policy.deadline(severity, state.clock(), at, left));
            })
        .orElse(state);
  }

  /** Somebody must take it again: the response is owed anew. */
  List<ClockState> responseOwed(List<ClockState> clocks, Severity severity, Instant at) {
    return policy
        .of(severity)
        .response()
        .map(
            target ->
                change(clocks, Clock.RESPONSE, s -> fresh(severity, Clock.RESPONSE, at, target)))
        .orElse(clocks);
  }

  /**
   * It came back: the response is owed anew, what was only ended by the resolution goes on to its
   * old deadline.
   */
  List<ClockState> reopened(
      List<ClockState> clocks, Optional<Instant> resolvedAt, Severity severity, Instant at) {
    var running = new ArrayList<ClockState>();
    for (ClockState s : clocks) {
      boolean endedByResolution = s.metAt().isPresent() && s.metAt().equals(resolvedAt);
      running.add(endedByResolution ? s.unmet() : s);
    }
    return responseOwed(running, severity, at);
  }

  static List<ClockState> warned(List<ClockState> clocks, Clock clock) {
    return change(clocks, clock, ClockState::told);
  }

  static List<ClockState> reminded(List<ClockState> clocks, Clock clock, Instant at) {
    return change(clocks, clock, s -> s.reminded(at));
  }

  static List<ClockState> breached(List<ClockState> clocks, Clock clock, Instant at) {
    return change(clocks, clock, s -> s.breached(at));
  }

  private ClockState fresh(Severity severity, Clock clock, Instant at, Duration target) {
    Instant deadline = policy.deadline(severity, clock, at, target);
    return new ClockState(clock, at, deadline, Optional.empty(), false, Optional.empty());
  }

  private List<ClockState> met(
      List<ClockState> clocks, Severity severity, Clock clock, Instant at) {
    return change(clocks, clock, s -> s.running() ? met(s, severity, at) : s);
  }

  private ClockState met(ClockState state, Severity severity, Instant at) {
    return resumed(state, severity, at).met(at);
  }

  private static List<ClockState> change(
      List<ClockState> clocks, Clock clock, UnaryOperator<ClockState> change) {
    return clocks.stream().map(s -> s.clock() == clock ? change.apply(s) : s).toList();
  }

  private static Optional<ClockState> find(List<ClockState> clocks, Clock clock) {
    return clocks.stream().filter(s -> s.clock() == clock).findFirst();
  }
}
