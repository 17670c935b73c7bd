package io.tocsin.oncall;

import java.time.Instant;
import java.util.List;

/** Overrides as kept. Calls may block. */
public interface ShiftOverrideStore {

  /** All that end after an instant, in order of creation. */
  List<ShiftOverride> endingAfter(Instant instant);

  /** Keeps all of them or none. */
  void save(List<ShiftOverride> overrides);

  /** Forgets one; false when there is none of that id. */
  boolean remove(String id);

  /** Overrides as long as the process lives. */
  static ShiftOverrideStore inMemory() {
    return new InMemoryShiftOverrideStore();
  }
}
