package io.tocsin.probe;

import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends errands out when they are due and takes what they bring back, all on one event loop. At
 * most one run of an errand is out at a time; a run that meets a limit waits for its turn.
 */
final class ProbeLoop {

  private static final Logger LOG = LoggerFactory.getLogger(ProbeLoop.class);

  /** Runs due within this many milliseconds of each other share one timer. */
  private static final long GRAIN_MILLIS = 2;

  private enum Stage {
    IDLE,
    WAITING,
    OUT
  }

  private static final class Task {
    final Errand errand;
    final Lane lane;
    Stage stage = Stage.IDLE;
    Promise<Void> back = Promise.promise();

    Task(Errand errand, Lane lane) {
      this.errand = errand;
      this.lane = lane;
    }
  }

  /** The runs to one host. */
  private static final class Lane {
    int out;
    final ArrayDeque<ProbeSchedule.Due<Task>> waiting = new ArrayDeque<>();
  }

  private final Context context;
  private final Outside outside;
  private final ProbeLimits limits;
  private final ProbeMeters meters;
  private final ProbeSchedule<Task> schedule;
  private final Map<String, Task> tasks = new HashMap<>();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final ArrayDeque<ProbeSchedule.Due<Task>> waiting = new ArrayDeque<>();
  private int out;
  private Optional<Long> timer = Optional.empty();

  /**
   * @param context the event loop everything here runs on
   */
  ProbeLoop(Context context, Outside outside, ProbeLimits limits, ProbeMeters meters) {
    this.context = context;
    this.outside = outside;
    this.limits = limits;
    this.meters = meters;
    this.schedule = new ProbeSchedule<>(outside.clock().millis(), outside.nanos().getAsLong());
  }

  Context context() {
    return context;
  }

  Outside outside() {
    return outside;
  }

  /**
   * Goes out for these from now on and for nothing else; runs that are out still come back.
   *
   * @param within the time in which they all run for the first time
   */
  void replace(Collection<? extends Errand> errands, Duration within) {
    schedule.clear();
    tasks.clear();
    forget(waiting);
    lanes.values().forEach(lane -> forget(lane.waiting));
    lanes.clear();
    errands.forEach(errand -> add(errand, within));
    arm();
  }

  /** Goes out for some no more and for others too; the rest goes on as it was. */
  void change(Collection<String> gone, Collection<? extends Errand> added) {
    for (String name : gone) {
      Task task = tasks.remove(name);
      if (task != null) {
        schedule.remove(task);
      }
    }
    added.forEach(errand -> add(errand, ProbeSchedule.FIRST_WITHIN));
    arm();
  }

  private void add(Errand errand, Duration within) {
    Lane lane =
        errand.host().isEmpty()
            ? new Lane()
            : lanes.computeIfAbsent(errand.host(), host -> new Lane());
    var task = new Task(errand, lane);
    tasks.put(errand.name(), task);
    schedule.add(errand.name(), errand.interval(), task, outside.nanos().getAsLong(), within);
  }

  private void forget(ArrayDeque<ProbeSchedule.Due<Task>> queue) {
    meters.waiting.addAndGet(-queue.size());
    queue.clear();
  }

  /** Runs an errand now, or joins the run that is out; ends when it is back and delivered. */
  Future<Void> runNow(String name) {
    Task task = tasks.get(name);
    if (task == null) {
      return Future.succeededFuture();
    }
    if (task.stage == Stage.IDLE) {
      start(new ProbeSchedule.Due<>(task, outside.nanos().getAsLong()));
    }
    return task.back.future();
  }

  private void arm() {
    timer.ifPresent(outside.vertx()::cancelTimer);
    timer =
        schedule
            .untilNext(outside.nanos().getAsLong())
            .map(nanos -> Math.max(GRAIN_MILLIS, TimeUnit.NANOSECONDS.toMillis(nanos) + 1))
            .map(millis -> outside.vertx().setTimer(millis, fired -> tick()));
  }

  private void tick() {
    timer = Optional.empty();
    try {
      long now = outside.nanos().getAsLong();
      for (var due = schedule.poll(now); due.isPresent(); due = schedule.poll(now)) {
        start(due.get());
      }
    } finally {
      arm(); // whatever went wrong with one, as when no class can be loaded, the others go on
    }
  }

  private void start(ProbeSchedule.Due<Task> due) {
    Task task = due.item();
    switch (task.stage) {
      case OUT -> meters.skip();
      case WAITING -> {
        meters.skip();
        var run = new ProbeRun(outside, task.errand.timeout(), task.errand.outbound());
        var cause = Cause.ourselves("too many probes under way, none let through in time");
        meters.found(Outcome.UNKNOWN);
        deliver(task.errand, run, Finding.blaming(cause), Duration.ZERO);
      }
      case IDLE -> {
        task.back = Promise.promise();
        enter(due);
      }
    }
  }

  private void enter(ProbeSchedule.Due<Task> due) {
    Task task = due.item();
    boolean hostFull = task.lane.out >= limits.perHostEach();
    if (hostFull || out >= limits.inFlightEach()) {
      task.stage = Stage.WAITING;
      (hostFull ? task.lane.waiting : waiting).add(due);
      meters.waiting.incrementAndGet();
      return;
    }
    task.stage = Stage.OUT;
    task.lane.out++;
    out++;
    meters.inFlight.incrementAndGet();
    go(task, outside.nanos().getAsLong() - due.atNanos());
  }

  private void go(Task task, long lateNanos) {
    meters.started(lateNanos);
    var run = new ProbeRun(outside, task.errand.timeout(), task.errand.outbound());
    long deadline =
        outside
            .vertx()
            .setTimer(
                Math.max(1, task.errand.timeout().toMillis()),
                fired -> back(task, run, timedOut(run)));
    run.closeAtEnd(() -> outside.vertx().cancelTimer(deadline));
    ask(task.errand, run)
        .onComplete(
            finding -> back(task, run, finding), failure -> back(task, run, judged(failure)));
  }

  private static Future<Finding> ask(Errand errand, ProbeRun run) {
    try {
      return errand.ask(run);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private static Finding judged(Throwable failure) {
    return Finding.blaming(Blame.of(failure));
  }

  /** A timer that fired late says that our loop was busy, and then so was everything in the run. */
  private static Finding timedOut(ProbeRun run) {
    Duration over = run.elapsed().minus(run.timeout());
    if (over.compareTo(run.timeout().dividedBy(4)) > 0 && over.toMillis() > 100) {
      return Finding.blaming(
          Cause.ourselves("our event loop was busy, " + over.toMillis() + " ms late"));
    }
    return Finding.failure(
        "no answer within " + run.timeout().toMillis() + " ms (" + run.step() + ")");
  }

  private void back(Task task, ProbeRun run, Finding finding) {
    if (run.over()) {
      return;
    }
    Duration took = run.elapsed();
    run.end();
    meters.ended(finding.outcome(), took);
    meters.inFlight.decrementAndGet();
    task.lane.out--;
    out--;
    deliver(task.errand, run, finding, took)
        .onComplete(
            delivered -> {
              task.stage = Stage.IDLE;
              task.back.complete();
            });
    admit(task.lane.waiting);
    while (!waiting.isEmpty() && out < limits.inFlightEach()) {
      admit(waiting);
    }
  }

  /** A listener's bug must not stop the checks. */
  private static Future<Void> deliver(Errand errand, ProbeRun run, Finding finding, Duration took) {
    try {
      return errand.deliver(run, finding, took);
    } catch (RuntimeException e) {
      LOG.error("The result of {} was not passed on", errand.name(), e);
      return Future.failedFuture(e);
    }
  }

  private void admit(ArrayDeque<ProbeSchedule.Due<Task>> queue) {
    ProbeSchedule.Due<Task> next = queue.poll();
    if (next != null) {
      meters.waiting.decrementAndGet();
      enter(next);
    }
  }
}
