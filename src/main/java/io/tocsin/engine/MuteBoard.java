package io.tocsin.engine;

import io.tocsin.silence.Dependencies;
import io.tocsin.silence.InhibitRule;
import io.tocsin.silence.MaintenanceStore;
import io.tocsin.silence.SilenceStore;
import io.tocsin.silence.Silences;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * What mutes now, read from the stores beside the engine's thread: at once after a change, and
 * every five seconds for changes made by another node. While the database is away it keeps what it
 * knows.
 */
public final class MuteBoard implements Supplier<Silences>, AutoCloseable {
  private final SilenceStore silences;
  private final MaintenanceStore maintenances;
  private final InstantSource clock;
  private final KeptFresh fresh;
  private volatile List<InhibitRule> inhibitions;
  private volatile Dependencies dependencies = Dependencies.NONE;
  private volatile Silences known = Silences.NONE;
  private volatile Runnable changed = () -> {};

  public MuteBoard(
      SilenceStore silences,
      MaintenanceStore maintenances,
      List<InhibitRule> inhibitions,
      InstantSource clock) {
    this.silences = silences;
    this.maintenances = maintenances;
    this.inhibitions = List.copyOf(inhibitions);
    this.clock = clock;
    this.fresh = new KeptFresh("mutes", this::read);
  }

  /**
   * Reads once, then goes on reading. Blocks for the first reading and fails as the stores do.
   *
   * @param onChange called when something changed, to wake the engine
   */
  public void start(Runnable onChange) {
    changed = onChange;
    fresh.start();
  }

  /** Something was written to a store: read it now. Never blocks. */
  public void refresh() {
    fresh.refresh();
  }

  /** Decides by other inhibition rules from now on. */
  public void reconfigure(List<InhibitRule> rules) {
    inhibitions = List.copyOf(rules);
    refresh();
  }

  /** Decides by other dependencies of components from now on. */
  public void depend(Dependencies next) {
    dependencies = next;
    refresh();
  }

  @Override
  public Silences get() {
    return known;
  }

  private void read() {
    var now = clock.instant();
    var read =
        new Silences(
            silences.endingAfter(now), maintenances.endingAfter(now), inhibitions, dependencies);
    if (!read.equals(known)) {
      known = read;
      changed.run();
    }
  }

  @Override
  public void close() {
    fresh.close();
  }
}
