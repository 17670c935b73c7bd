package io.tocsin.probe;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.check.CheckEvents;
import io.tocsin.check.CheckPolicy;
import io.tocsin.check.CheckResultStore;
import io.tocsin.check.CheckState;
import io.tocsin.check.CheckStateStore;
import io.tocsin.ingest.SeenSeries;
import io.tocsin.label.Labels;
import io.tocsin.series.Journal;
import io.tocsin.series.MetricMetadata;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * All probing: event loops that go out on time, and the book in which the results are judged. Start
 * once, replace the checks as often as the configuration changes, close once.
 */
public final class Probes {

  /** What probing works with and whom it tells. */
  public record Surroundings(
      Vertx vertx,
      Journal journal,
      CheckEvents events,
      CheckResultStore results,
      CheckStateStore states,
      MetricMetadata metadata,
      MeterRegistry meters,
      InstantSource clock,
      LongSupplier nanos) {}

  /** Series of scrapes whose labels are remembered, about. */
  private static final int SEEN = 100_000;

  private final Surroundings surroundings;
  private final ProbeLimits limits;
  private final ProbeMeters meters;
  private final CheckLog log;
  private final CheckTimings timings;
  private final Heartbeats heartbeats = new Heartbeats();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final List<ProbeLoop> loops = new CopyOnWriteArrayList<>();
  private final ScrapePools pools = new ScrapePools();
  private final ScrapeErrand.Surroundings scrapeSurroundings;
  private volatile Map<ScrapeTarget, ScrapeErrand> scraping = new LinkedHashMap<>();
  private volatile CheckBook book;
  private boolean begun;

  public Probes(Surroundings surroundings, ProbeLimits limits) {
    this.surroundings = surroundings;
    this.limits = limits;
    this.meters = new ProbeMeters(surroundings.meters());
    this.log = new CheckLog(surroundings.results(), surroundings.states(), surroundings.meters());
    this.timings = new CheckTimings(surroundings.nanos());
    this.scrapeSurroundings =
        new ScrapeErrand.Surroundings(
            new SeenSeries(SEEN),
            surroundings.journal()::observe,
            surroundings.metadata(),
            meters::refused);
    this.book = newBook(List.of(), List.of());
  }

  /** Starts the event loops. They stop when their {@link Vertx} closes. */
  public Future<Void> start() {
    return surroundings
        .vertx()
        .deployVerticle(Loop::new, new DeploymentOptions().setInstances(limits.loops()))
        .mapEmpty();
  }

  private final class Loop extends VerticleBase {
    @Override
    public Future<?> start() {
      var outside =
          Outside.open(vertx, blocking, heartbeats, surroundings.clock(), surroundings.nanos());
      loops.add(new ProbeLoop(context, outside, limits, meters));
      return Future.succeededFuture();
    }
  }

  /**
   * Goes out for these from now on and for nothing else. Verdicts of checks that stay are kept, and
   * those of checks that are new are taken from {@code restored}.
   *
   * @param restored what the state store remembers; needed once, at the start
   * @throws IllegalArgumentException when the checks do not fit together; then nothing changes
   */
  public synchronized void replace(
      Collection<Check> checks, Collection<ScrapeConfig> scrapes, Collection<CheckState> restored) {
    replace(checks, Set.of(), scrapes, restored);
  }

  /**
   * The same with checks that rest.
   *
   * @param paused names of checks that do not go out
   */
  public synchronized void replace(
      Collection<Check> checks,
      Set<String> paused,
      Collection<ScrapeConfig> scrapes,
      Collection<CheckState> restored) {
    Map<String, CheckState> states =
        restored.stream().collect(Collectors.toMap(CheckState::check, state -> state));
    book.states().forEach(state -> states.put(state.check(), state));
    CheckBook next =
        newBook(checks.stream().map(Check::policy).toList(), List.copyOf(states.values()));
    book.close();
    book = next;
    heartbeats.expect(
        checks.stream()
            .map(Check::probe)
            .filter(HeartbeatProbe.class::isInstance)
            .map(probe -> ((HeartbeatProbe) probe).token())
            .toList(),
        surroundings.clock().instant());
    var errands = new ArrayList<Errand>();
    checks.stream()
        .filter(check -> !paused.contains(check.policy().name()))
        .forEach(check -> errands.add(new CheckErrand(check, next, this::runNow)));
    pools.configure(scrapes);
    for (ScrapeConfig config : scrapes) {
      for (Discovery discovery : config.discoveries()) {
        errands.add(
            new DiscoveryErrand(
                config.job(), discovery, found -> discovered(config, discovery, found)));
      }
    }
    retarget();
    errands.addAll(scraping.values());
    Duration within = begun ? ProbeSchedule.FIRST_WITHIN : ProbeSchedule.gently(errands.size());
    begun = true;
    for (ProbeLoop loop : loops) {
      List<Errand> own = errands.stream().filter(errand -> loopOf(errand.name()) == loop).toList();
      loop.context().runOnContext(on -> loop.replace(own, within));
    }
  }

  /** Called off the event loops. */
  private synchronized void discovered(
      ScrapeConfig config, Discovery discovery, List<Labels> found) {
    if (!pools.found(config, discovery, found)) {
      return;
    }
    Map<ScrapeTarget, ScrapeErrand> before = scraping;
    retarget();
    var gone = new ArrayList<>(before.values());
    gone.removeAll(scraping.values());
    var added = new ArrayList<>(scraping.values());
    added.removeAll(before.values());
    for (ProbeLoop loop : loops) {
      List<String> itsGone =
          gone.stream().map(Errand::name).filter(name -> loopOf(name) == loop).toList();
      List<ScrapeErrand> itsOwn =
          added.stream().filter(errand -> loopOf(errand.name()) == loop).toList();
      loop.context().runOnContext(on -> loop.change(itsGone, itsOwn));
    }
  }

  /** Targets that stay keep what is known of their series; the series of those that leave end. */
  private void retarget() {
    var left = new LinkedHashMap<>(scraping);
    var next = new LinkedHashMap<ScrapeTarget, ScrapeErrand>();
    for (ScrapeTarget target : pools.active()) {
      ScrapeErrand kept = left.remove(target);
      next.put(
          target,
          kept != null
              ? kept
              : new ScrapeErrand(target, scrapeSurroundings, () -> pools.tooMany(target.config())));
    }
    Instant now = surroundings.clock().instant();
    scraping = next;
    left.values().forEach(errand -> errand.leave(now));
  }

  /** How the last scrape of every target went. */
  public List<ScrapeState> scrapes() {
    return scraping.values().stream().map(ScrapeErrand::state).toList();
  }

  /** What was discovered and is not scraped, with all that was known of it. */
  public List<Labels> droppedTargets() {
    return pools.dropped();
  }

  private CheckBook newBook(Collection<CheckPolicy> checks, Collection<CheckState> restored) {
    return new CheckBook(
        checks,
        restored,
        surroundings.clock().instant(),
        surroundings.events(),
        surroundings.journal()::observe,
        log,
        timings,
        readers -> new JudgedResults(readers, this::soon, surroundings.nanos()));
  }

  private void soon(Runnable task) {
    surroundings.vertx().setTimer(JudgedResults.PAUSE_MILLIS, fired -> task.run());
  }

  private ProbeLoop loopOf(String name) {
    long hash = Labels.of(Labels.NAME, name).fingerprint();
    return loops.get((int) Math.floorMod(hash >>> 17, loops.size()));
  }

  /** Runs a check or scrape now, or joins its run that is out; ends when it has been judged. */
  public Future<Void> runNow(String name) {
    ProbeLoop loop = loopOf(name);
    Promise<Void> done = Promise.promise();
    Context caller = surroundings.vertx().getOrCreateContext();
    loop.context()
        .runOnContext(
            on ->
                loop.runNow(name)
                    .onComplete(ended -> book.flush())
                    .onComplete(ended -> caller.runOnContext(back -> done.tryComplete())));
    return done.future();
  }

  /** Where pings go. */
  public Heartbeats heartbeats() {
    return heartbeats;
  }

  /** How long the runs of a check took lately. */
  public Optional<CheckTimings.Quantiles> timings(String check) {
    return timings.of(check);
  }

  /** What is held of every check, in the order of configuration. */
  public List<CheckState> states() {
    return book.states();
  }

  /** What is held of one check. */
  public Optional<CheckState> state(String check) {
    return book.state(check);
  }

  /** How a check is judged. */
  public Optional<CheckPolicy> policy(String check) {
    return book.policy(check);
  }

  /** Stops going out and writes what is left, for at most ten seconds. May block. */
  public void close() {
    for (ProbeLoop loop : loops) {
      loop.context().runOnContext(on -> loop.replace(List.of(), Duration.ZERO));
    }
    book.flush();
    log.close();
    blocking.shutdownNow();
  }
}
