package io.tocsin.engine;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.Evaluation;
import io.tocsin.engine.Ahead.Decided;
import io.tocsin.engine.EvaluationCycle.Result;
import io.tocsin.engine.Inbox.Batch;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.notify.Commit;
import io.tocsin.notify.GroupView;
import io.tocsin.notify.Outbox;
import io.tocsin.silence.Silences;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of the road: one thread that owns alerts and incidents. It runs a cycle as soon as an
 * evaluation or a command comes, and once a second for what time alone brings: clocks, escalation,
 * silences that end. While a commit is written it decides what comes next; readers see a state
 * after its commit. While the database is away it goes on in memory and the pages that matter go
 * out directly.
 */
public final class Engine implements IncidentCommands, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private final Ports ports;
  private final Duration patience;
  private final Duration answerWithin;
  private final Inbox inbox = new Inbox();
  private final LiveRules live = new LiveRules();
  private final AtomicLong cycles = new AtomicLong();
  private final AtomicLong evaluations = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong failedCycles = new AtomicLong();
  private final Thread thread;
  private volatile EvaluationCycle cycle;
  private volatile Snapshot snapshot = new Snapshot(EngineState.EMPTY, List.of(), Set.of());
  private volatile Instant lastCycle = Instant.MIN;
  private volatile boolean running;
  private volatile boolean away;
  private final Committer committer;
  private final Listeners listeners;

  /** What is decided; known to the engine's thread alone. */
  private final Ahead ahead = new Ahead();

  /** When everything was last looked at; known to the engine's thread alone. */
  private Instant lookedAt = Instant.EPOCH;

  /**
   * What the engine needs of its surroundings.
   *
   * @param outbox where decisions become durable
   * @param incidents the incidents as committed
   * @param clock the time
   * @param silences what mutes now; quick, never blocks
   * @param relay what commits go through
   * @param direct the way out while the database is away
   * @param listener hears of every incident event
   * @param cycles hears of every cycle
   * @param deposed called once when another node leads; the engine has stopped evaluating then
   */
  public record Ports(
      Outbox outbox,
      IncidentStore incidents,
      InstantSource clock,
      Supplier<Silences> silences,
      OutboxRelay relay,
      DirectPages direct,
      IncidentListener listener,
      CycleListener cycles,
      Runnable deposed) {}

  public Engine(Policies policies, Ports ports) {
    this(policies, ports, PATIENCE, ANSWER_WITHIN);
  }

  /**
   * @param patience how long a commit may take before the engine goes on without the database
   * @param answerWithin how long a command may take to become durable
   */
  Engine(Policies policies, Ports ports, Duration patience, Duration answerWithin) {
    this.ports = ports;
    this.patience = patience;
    this.answerWithin = answerWithin;
    this.cycle = new EvaluationCycle(policies);
    this.listeners = new Listeners(ports.listener(), ports.cycles());
    this.committer = new Committer(ports.relay()::commit, inbox::lookUp);
    this.thread = Thread.ofPlatform().name("engine").daemon().unstarted(this::run);
  }

  /**
   * Reads what was committed and begins to evaluate. Blocks; fails as {@link Outbox} does. Nothing
   * may be submitted before the journal is replayed.
   */
  public void start() {
    Restart restart = Restart.from(ports.outbox(), ports.incidents(), ports.clock().instant());
    if (!restart.gone().isEmpty()) {
      ports.outbox().commit(new Commit(List.of(), restart.gone(), List.of(), List.of(), List.of()));
    }
    snapshot =
        new Snapshot(
            restart.state(),
            ports.silences().get().mark(restart.state().alerts().firing(), ports.clock().instant()),
            Set.of());
    ahead.begin(restart.state());
    log.info(
        "engine starts with {} alerts firing and {} incidents open",
        snapshot.firing().size(),
        openIncidents().size());
    running = true;
    thread.start();
  }

  /** Hands in what was found; false when too many wait, which is counted. Never blocks. */
  public boolean submit(Evaluation evaluation) {
    live.handedIn(evaluation, ports.clock().instant());
    boolean taken = inbox.offer(evaluation);
    if (!taken) {
      refused.incrementAndGet();
    }
    return taken;
  }

  /** Tells that rules are no longer there: their alerts end. */
  public void retire(Set<String> ruleIds) {
    inbox.retire(ruleIds);
  }

  /** Decides by other policies from the next cycle on. */
  public void reconfigure(Policies policies) {
    cycle = new EvaluationCycle(policies);
    inbox.wake();
  }

  /** Runs a cycle soon, because something outside it changed, such as a silence. */
  public void wake() {
    inbox.wake();
  }

  @Override
  public CompletionStage<Answer> submit(
      Optional<IncidentId> target, IncidentCommand command, Actor actor) {
    var answer = new CompletableFuture<Answer>();
    boolean known =
        target.map(id -> snapshot.state().incidents().find(id).isPresent()).orElse(true);
    if (known) {
      enqueue(new Ask(new Order(target, command, actor, Optional.empty()), answer));
    } else {
      Thread.ofVirtual().name("recall").start(() -> recall(target.get(), command, actor, answer));
    }
    return answer.completeOnTimeout(
        new Answer.Unavailable("it is not durable yet; it will be when the database is back"),
        answerWithin.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void recall(
      IncidentId id, IncidentCommand command, Actor actor, CompletableFuture<Answer> answer) {
    try {
      Optional<Incident> stored = ports.incidents().find(id);
      enqueue(new Ask(new Order(Optional.of(id), command, actor, stored), answer));
    } catch (RuntimeException away) {
      log.debug("recall of {}", id, away);
      answer.complete(new Answer.Unavailable("the database is away"));
    }
  }

  private void enqueue(Ask ask) {
    if (!running) {
      ask.answer().complete(new Answer.Unavailable("this node does not evaluate"));
    } else if (!inbox.offer(ask)) {
      ask.answer().complete(new Answer.Unavailable("too many commands wait"));
    }
  }

  /** The alerts as last known. */
  public AlertView alerts() {
    return new LatestAlerts(() -> snapshot);
  }

  /** An alert as last known, also one that ended within the last 15 minutes. */
  public Optional<Alert> alert(AlertKey key) {
    return snapshot.state().alerts().find(key);
  }

  /** Whether a rule may have alerts, also such as were found but not taken in yet. */
  public boolean live(String ruleId) {
    return live.live(ruleId, snapshot.state().alerts());
  }

  /** When each open group is told of next, and why then. */
  public List<GroupView> groups() {
    return cycle.groups(snapshot, ports.clock().instant());
  }

  /** The open incident that holds an alert, as last known. */
  public Optional<IncidentId> incidentOf(AlertKey key) {
    return openIncidents().stream()
        .filter(incident -> incident.alerts().stream().anyMatch(a -> a.key().equals(key)))
        .map(Incident::id)
        .findFirst();
  }

  /** The open incidents as last known, oldest first. */
  public List<Incident> openIncidents() {
    return snapshot.state().incidents().open();
  }

  /** Whether more is found than can be taken in at once. */
  public boolean busy() {
    return inbox.evaluationsWait();
  }

  /** Whether the database has been away for longer than two seconds. */
  public boolean away() {
    return away;
  }

  /** When the last cycle ran; for the engine's own health. */
  public Instant lastCycle() {
    return lastCycle;
  }

  public EngineCounts counts() {
    return new EngineCounts(
        cycles.get(),
        evaluations.get(),
        refused.get(),
        failedCycles.get(),
        inbox.depth(),
        committer.unwritten());
  }

  private void run() {
    try {
      long next = System.nanoTime();
      while (running) {
        Batch batch = inbox.take(ahead.wait(next, patience), this::room);
        try {
          land();
          if (batch.asksForCycle() || System.nanoTime() - next >= 0) {
            next = System.nanoTime() + TICK.toNanos();
            turn(batch);
          }
        } catch (Outbox.Deposed deposed) {
          stopEvaluating(batch, deposed);
        } catch (RuntimeException failed) {
          failedCycles.incrementAndGet();
          log.error(
              "a cycle failed; its {} evaluations are lost", batch.evaluations().size(), failed);
          Ask.refuse(batch.asks(), "the engine failed");
        }
      }
    } catch (InterruptedException stopped) {
      log.debug("engine interrupted");
    }
    ahead.drain().forEach(Decided::answer);
    Ask.refuse(inbox.drainAsks(), "the engine has stopped");
  }

  /** A cycle runs ahead of the commit being written by as much as goes with the next. */
  private boolean room() {
    return away || committer.hasRoomFor(Portion.PIECE);
  }

  private void turn(Batch waiting) throws InterruptedException {
    Instant now = ports.clock().instant();
    EvaluationCycle deciding = cycle;
    EngineState before = ahead.state();
    Portion portion = Portion.of(waiting, inbox, deciding, before, now);
    Batch batch = portion.batch();
    List<Order> orders = batch.asks().stream().map(Ask::order).toList();
    boolean whole = whole(now);
    Result result =
        deciding.run(before, portion.alerts(), orders, ports.silences().get(), whole, now);
    ahead.add(new Decided(result, batch.asks(), now, commit(result.commit()), System.nanoTime()));
    lastCycle = now;
    live.forget(now);
    cycles.incrementAndGet();
    evaluations.addAndGet(batch.evaluations().size());
    land();
  }

  /** While a storm waits, all that there is is looked at once a second and not in each cycle. */
  private boolean whole(Instant now) {
    boolean due = now.isBefore(lookedAt) || !now.isBefore(lookedAt.plus(TICK));
    boolean whole = due || !inbox.evaluationsWait();
    if (whole) {
      lookedAt = now;
    }
    return whole;
  }

  /** Hands a commit to be written; the future completes when it is durable. */
  private CompletableFuture<Void> commit(Commit commit) throws InterruptedException {
    if (away && committer.unwritten() == 0) {
      away = false;
      ports.relay().wake();
      log.info("the database is back; everything decided meanwhile is written");
    }
    CompletableFuture<Void> durable = CompletableFuture.completedFuture(null);
    if (!commit.isEmpty()) {
      ports.direct().planned(commit.messages());
      durable = committer.submit(commit);
    }
    if (away || ports.relay().stalled(patience)) {
      ports.direct().send();
    } else {
      ports.direct().end();
    }
    return durable;
  }

  /** Readers see what is durable; while the database is away, what is decided. */
  private void land() {
    if (!away && ahead.waits(patience)) {
      away = true;
      log.warn("no commit for {}; going on in memory, urgent pages go out directly", patience);
      ports.direct().send();
    }
    if (away) {
      ahead.drain().forEach(this::publish);
    }
    for (var one = ahead.durable(); one.isPresent(); one = ahead.durable()) {
      publish(one.get());
    }
  }

  private void publish(Decided decided) {
    Result result = decided.result();
    snapshot = new Snapshot(result.next(), result.firing(), result.muted());
    listeners.hear(result, decided.at());
    decided.answer();
  }

  private void stopEvaluating(Batch batch, Outbox.Deposed deposed) {
    running = false;
    log.warn("stops evaluating: {}", deposed.getMessage());
    ahead.drain().forEach(Decided::answer);
    Ask.refuse(batch.asks(), "another node leads now");
    Listeners.quietly(ports.deposed());
  }

  /** Finishes the cycle under way, writes what waits, and stops. */
  @Override
  public void close() throws InterruptedException {
    running = false;
    inbox.wake();
    if (thread.isAlive() && !thread.join(Duration.ofSeconds(4))) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(1));
    }
    committer.close();
  }

  /** Where evaluations go, for those who only hand in. */
  public Consumer<Evaluation> sink() {
    return this::submit;
  }
}
