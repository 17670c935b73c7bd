package io.tocsin.engine;

import io.tocsin.notify.OnCall;
import io.tocsin.oncall.Contact;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.ShiftOverride;
import io.tocsin.oncall.ShiftOverrideStore;
import io.tocsin.oncall.Target;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Who is on call now: the configured schedules with the overrides that are kept, read beside the
 * engine's thread, at once after a change and every five seconds for changes made by another node.
 * While the database is away it keeps what it knows.
 */
public final class RosterBoard implements OnCall, Supplier<Roster>, AutoCloseable {
  private final ShiftOverrideStore store;
  private final InstantSource clock;
  private final KeptFresh fresh;
  private volatile Roster roster;

  public RosterBoard(ShiftOverrideStore store, Roster configured, InstantSource clock) {
    this.store = store;
    this.roster = configured;
    this.clock = clock;
    this.fresh = new KeptFresh("roster", this::read);
  }

  /** Reads once, then goes on reading. Blocks for the first reading and fails as the store does. */
  public void start() {
    fresh.start();
  }

  /** An override was written or removed: read it now. Never blocks. */
  public void refresh() {
    fresh.refresh();
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

  @Override
  public void close() {
    fresh.close();
  }
}
