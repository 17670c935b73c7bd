package io.tocsin.check;

import java.util.Collection;
import java.util.List;

/**
 * The states that survive a restart, one per check. Implementations may block, so they are called
 * off the event loops.
 */
public interface CheckStateStore {

  /** Writes each state over the one of the same check: all of them or, when this throws, none. */
  void save(Collection<CheckState> states);

  /** Every state kept, in no particular order. */
  List<CheckState> load();
}
