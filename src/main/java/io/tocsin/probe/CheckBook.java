package io.tocsin.probe;

import io.tocsin.check.CheckEvents;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckPolicy;
import io.tocsin.check.CheckResult;
import io.tocsin.check.CheckState;
import io.tocsin.check.CheckTracker;
import io.tocsin.probe.JudgedResults.Judged;
import io.tocsin.series.SampleBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where results of one configuration are judged and passed on: to the tracker, the listener, the
 * series and the log. Called from several event loops.
 */
final class CheckBook {

  private static final Logger LOG = LoggerFactory.getLogger(CheckBook.class);

  private final CheckTracker tracker;
  private final Map<String, CheckPolicy> policies = new HashMap<>();
  private final Map<String, CheckSamples> samples = new HashMap<>();
  private final CheckEvents events;
  private final Consumer<SampleBatch> series;
  private final CheckLog log;
  private final CheckTimings timings;
  private final JudgedResults judged;
  private volatile boolean closed;

  CheckBook(
      Collection<CheckPolicy> checks,
      Collection<CheckState> restored,
      Instant now,
      CheckEvents events,
      Consumer<SampleBatch> series,
      CheckLog log,
      CheckTimings timings,
      Function<Consumer<List<Judged>>, JudgedResults> passage) {
    this.tracker = new CheckTracker(checks, restored, now);
    this.events = events;
    this.series = series;
    this.log = log;
    this.timings = timings;
    this.judged = passage.apply(this::pass);
    for (CheckPolicy policy : checks) {
      policies.put(policy.name(), policy);
      samples.put(policy.name(), new CheckSamples(policy));
    }
    timings.keep(policies.keySet());
  }

  Optional<CheckPolicy> policy(String check) {
    return Optional.ofNullable(policies.get(check));
  }

  List<CheckState> states() {
    synchronized (tracker) {
      return tracker.states();
    }
  }

  Optional<CheckState> state(String check) {
    synchronized (tracker) {
      return tracker.state(check);
    }
  }

  /** Checks to be run before this result is {@linkplain #enter entered}; usually none. */
  List<String> witnesses(CheckResult result) {
    synchronized (tracker) {
      return tracker.witnesses(result);
    }
  }

  /** Judges a result, which is then passed on; results of one check come one after the other. */
  void enter(CheckResult result, List<Reading> readings) {
    if (closed) {
      return;
    }
    CheckObservation observation;
    Optional<CheckState> changed;
    synchronized (tracker) {
      Optional<CheckState> before = tracker.state(result.check());
      observation = tracker.advance(result);
      changed =
          tracker
              .state(result.check())
              .filter(after -> before.map(state -> !state.alike(after)).orElse(true));
    }
    timings.record(result.check(), Duration.ofNanos((long) (result.durationSeconds() * 1e9)));
    judged.add(new Judged(observation, readings, changed));
  }

  private void pass(List<Judged> results) {
    var batch = SampleBatch.builder();
    for (Judged one : results) {
      CheckSamples own = samples.get(one.observation().result().check());
      if (own != null) {
        own.addTo(batch, one.observation(), one.readings());
      }
    }
    log.add(results);
    series.accept(batch.build());
    results.forEach(one -> tell(one.observation()));
  }

  /** A listener's bug must not keep the others from hearing. */
  private void tell(CheckObservation observation) {
    try {
      events.observed(observation);
    } catch (RuntimeException e) {
      LOG.error("The result of {} was not passed on", observation.result().check(), e);
    }
  }

  /** Passes on what was judged, now. */
  void flush() {
    judged.flush();
  }

  /** Takes no more results: another configuration has begun. */
  void close() {
    closed = true;
    judged.flush();
  }
}
