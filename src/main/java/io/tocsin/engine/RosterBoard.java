package io.tocsin.engine;

import io.tocsin.notify.OnCall;
import io.tocsin.oncall.Contact;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.ShiftOverride;
import io.tocsin.oncall.ShiftOverrideStore;
import io.tocsin.oncall.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is on call now: the configured schedules with the overrides that are kept, read beside the
 * engine's thread, at once after a change and every five seconds for changes made by another node.
 * While the database is away it keeps what it knows.
 */
public final class RosterBoard implements OnCall, Supplier<Roster>, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RosterBoard.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final ShiftOverrideStore store;
  private final InstantSource clock;
  private final Semaphore stale = new Semaphore(0);
  private final Thread thread;
  private volatile Roster roster;
  private volatile boolean running = true;

  public RosterBoard(ShiftOverrideStore store, Roster configured, InstantSource clock) {
    this.store = store;
    this.roster = configured;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("roster").unstarted(this::run);
  }

  /** Reads once, then goes on reading. Blocks for the first reading and fails as the store does. */
  public void start() {
    read();
    thread.start();
  }

  /** An override was written or removed: read it now. Never blocks. */
  public void refresh() {
    stale.release();
  }

  /** Goes by other schedules from now on. */
  public synchronized void reconfigure(Roster configured) {
    roster = configured.with(roster.overrides());
  }

  @Override
  public Roster get() {
    return roster;
  }

  @Override
  public List<Contact> contacts(List<Target> targets, Instant at) {
    return roster.contacts(targets, at);
  }

  private void read() {
    List<ShiftOverride> overrides = store.endingAfter(clock.instant());
    synchronized (this) {
      roster = roster.with(overrides);
    }
  }

  private void run() {
    while (running) {
      try {
        stale.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        stale.drainPermits();
        read();
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException away) {
        log.debug("overrides cannot be read: {}", away.getMessage());
      }
    }
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
