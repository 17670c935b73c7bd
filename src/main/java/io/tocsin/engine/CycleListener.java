package io.tocsin.engine;

import io.tocsin.alert.MarkedAlert;
import io.tocsin.notify.Commit;
import java.time.Instant;
import java.util.List;

/** Hears of every cycle after its commit. Called on the engine's thread: returns at once. */
@FunctionalInterface
public interface CycleListener {

  /** Nobody listens. */
  CycleListener NONE = (commit, firing, now) -> {};

  /**
   * @param firing every firing alert with what mutes it
   */
  void turned(Commit commit, List<MarkedAlert> firing, Instant now);
}
