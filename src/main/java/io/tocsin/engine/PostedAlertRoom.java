package io.tocsin.engine;

import io.tocsin.alert.AlertIntake;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.HeldAlert;
import io.tocsin.alert.HeldAlertStore;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.PostedAlert;
import io.tocsin.alert.PostedAlerts;
import io.tocsin.incident.IncidentStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts that others found on their way to the road: stored first, so that what was answered
 * outlives us, then handed in as evaluations. Once a second it ends what nobody told of again.
 */
public final class PostedAlertRoom implements AlertIntake, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostedAlertRoom.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final HeldAlertStore store;
  private final Predicate<Evaluation> sink;
  private final InstantSource clock;
  private final PostedAlerts posted = new PostedAlerts();
  private final Thread thread;
  private volatile boolean running = true;
  private volatile boolean refused;

  /**
   * @param sink where evaluations go; false when they are refused, so that they are told again
   */
  public PostedAlertRoom(HeldAlertStore store, Predicate<Evaluation> sink, InstantSource clock) {
    this.store = store;
    this.sink = sink;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("posted-alerts").unstarted(this::run);
  }

  /**
   * Tells the road what is held, once the engine runs. Blocks.
   *
   * @param incidents what people resolved lately: their word ends alerts also after a stop
   * @param grace how long every source gets to tell again of what it still finds
   */
  public void start(AlertView alerts, IncidentStore incidents, Duration grace) {
    Instant now = clock.instant();
    List<HeldAlert> stored = store.all();
    hand(posted.restore(stored, grace, now).evaluations());
    hand(posted.orphans(alerts.firing().stream().map(MarkedAlert::alert).toList(), now));
    new PostedEnds(this).catchUp(stored, incidents, now);
    thread.start();
  }

  @Override
  public void post(String source, List<PostedAlert> alerts, Optional<Duration> timeout) {
    PostedAlerts.Change change = posted.take(source, alerts, timeout, clock.instant());
    try {
      store(change);
    } catch (RuntimeException away) {
      posted.failed(change);
      throw new Refused("alerts could not be stored: " + away.getMessage(), away);
    } finally {
      hand(change.evaluations());
    }
  }

  @Override
  public Optional<HeldAlert> held(AlertKey key) {
    return posted.find(key);
  }

  @Override
  public Optional<HeldAlert> held(String source, String dedupKey) {
    return posted.find(source, dedupKey);
  }

  /** How many alerts of others are on. */
  public int size() {
    return posted.size();
  }

  private void store(PostedAlerts.Change change) {
    if (!change.save().isEmpty() || !change.remove().isEmpty()) {
      store.change(change.save(), change.remove());
    }
  }

  private void hand(List<Evaluation> evaluations) {
    for (Evaluation evaluation : evaluations) {
      if (!sink.test(evaluation)) {
        refused = true;
      }
    }
  }

  private void run() {
    while (running) {
      try {
        Thread.sleep(TICK);
        tick();
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException away) {
        log.warn("ended alerts could not be forgotten: {}", away.getMessage());
      }
    }
  }

  /** Ends what is over, and tells again what the road refused. */
  void tick() {
    Instant now = clock.instant();
    if (refused) {
      refused = false;
      hand(posted.again(now));
    }
    PostedAlerts.Change change = posted.expire(now);
    hand(change.evaluations());
    try {
      store(change);
    } catch (RuntimeException away) {
      posted.failed(change);
      throw away;
    }
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
