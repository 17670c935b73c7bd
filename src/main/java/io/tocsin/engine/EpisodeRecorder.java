package io.tocsin.engine;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.explain.Episode;
import io.tocsin.explain.EpisodeStore;
import io.tocsin.explain.Episodes;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what became of every alert, beside the engine and behind it: of an alert that changed
 * several times since the last writing only the newest state is written. Bounded; what finds no
 * place is counted.
 */
public final class EpisodeRecorder implements CycleListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EpisodeRecorder.class);

  private static final int WAITING = 50_000;
  private static final int BATCH = 500;

  /** Long enough that a storm's alerts, which begin, fire and join, are written once. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Of its time at most one part in so many is spent writing: a storm's commits go first. */
  private static final int ONE_PART_IN = 5;

  /** A storm is let through first, unless it lasts. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration AGAIN = Duration.ofMillis(100);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final EpisodeStore store;
  private final Episodes episodes;
  private final Map<Id, Episode> waiting = new LinkedHashMap<>();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile boolean running = true;
  private final Supplier<AlertView> alerts;
  private final BooleanSupplier storm;
  private Instant looked = Instant.MIN;
  private List<Episode> before = List.of();
  private boolean begun;

  private record Id(AlertKey key, Instant activeSince) {}

  /**
   * @param routes the routes that an alert takes now
   * @param alerts what is on, asked once, at the first cycle
   * @param storm whether more alerts come than the engine takes in at once
   */
  public EpisodeRecorder(
      EpisodeStore store,
      Function<Alert, List<Route>> routes,
      Supplier<AlertView> alerts,
      BooleanSupplier storm) {
    this.store = store;
    this.alerts = alerts;
    this.storm = storm;
    this.episodes = new Episodes(routes);
    this.thread = Thread.ofVirtual().name("episodes").unstarted(this::run);
  }

  /** Reads what was on; before the engine starts. Blocks. */
  public void start() {
    before = store.open();
    thread.start();
  }

  private void begin(Instant now) {
    Set<AlertKey> alive = new HashSet<>();
    AlertView view = alerts.get();
    view.firing().forEach(marked -> alive.add(marked.alert().key()));
    view.pending().forEach(alert -> alive.add(alert.key()));
    put(episodes.restore(before, alive, now));
    before = List.of();
    begun = true;
  }

  @Override
  public void turned(Commit commit, List<MarkedAlert> firing, Instant now) {
    if (!begun) {
      begin(now);
    }
    if (!commit.alerts().isEmpty() || !commit.gone().isEmpty() || !commit.events().isEmpty()) {
      put(episodes.advance(commit, now));
    }
    if (!commit.alerts().isEmpty() || now.isAfter(looked.plus(LOOK_EVERY))) {
      looked = now;
      put(episodes.hush(firing, now));
    }
  }

  /** Episodes that could not be written down. */
  public long dropped() {
    return dropped.get();
  }

  /** Episodes that wait to be written. */
  public int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  private void put(List<Episode> changed) {
    synchronized (waiting) {
      for (Episode episode : changed) {
        var id = new Id(episode.key(), episode.activeSince());
        if (waiting.size() < WAITING || waiting.containsKey(id)) {
          waiting.put(id, episode);
        } else {
          dropped.incrementAndGet();
        }
      }
    }
  }

  private void run() {
    while (running) {
      try {
        Thread.sleep(PAUSE);
        letStormPass();
        writeGently();
      } catch (InterruptedException stopped) {
        break;
      } catch (RuntimeException away) {
        log.debug("episodes wait for the database: {}", away.getMessage());
      }
    }
  }

  private void letStormPass() throws InterruptedException {
    long patient = System.nanoTime() + PATIENCE.toNanos();
    while (running && storm.getAsBoolean() && System.nanoTime() < patient) {
      Thread.sleep(AGAIN);
    }
  }

  private void writeGently() throws InterruptedException {
    long began = System.nanoTime();
    while (running && writeSome()) {
      Thread.sleep(Duration.ofNanos((System.nanoTime() - began) * (ONE_PART_IN - 1)));
      began = System.nanoTime();
    }
  }

  /** Writes a batch of what waits; false when nothing did. */
  private boolean writeSome() {
    List<Episode> some = take();
    if (some.isEmpty()) {
      return false;
    }
    try {
      store.save(some);
      return true;
    } catch (RuntimeException away) {
      putBack(some);
      throw away;
    }
  }

  private List<Episode> take() {
    synchronized (waiting) {
      var some = new ArrayList<Episode>();
      var all = waiting.values().iterator();
      while (all.hasNext() && some.size() < BATCH) {
        some.add(all.next());
        all.remove();
      }
      return some;
    }
  }

  private void putBack(List<Episode> unwritten) {
    synchronized (waiting) {
      for (Episode episode : unwritten) {
        waiting.putIfAbsent(new Id(episode.key(), episode.activeSince()), episode);
      }
    }
  }

  /** Writes what waits, if the database takes it. */
  @Override
  public void close() throws InterruptedException {
    running = false;
    thread.interrupt();
    if (thread.isAlive()) {
      thread.join(Duration.ofSeconds(2));
    }
    try {
      boolean more = true;
      while (more) {
        more = writeSome();
      }
    } catch (RuntimeException away) {
      log.warn("{} episodes could not be written: {}", waiting(), away.getMessage());
    }
  }
}
