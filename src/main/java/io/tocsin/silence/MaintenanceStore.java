package io.tocsin.silence;

import java.time.Instant;
import java.util.List;

/** Planned maintenance as stored. Calls block: virtual threads only. */
public interface MaintenanceStore {

  /** Those that end after an instant, by start. */
  List<Maintenance> endingAfter(Instant instant);

  /** Adds or replaces by id. */
  void save(Maintenance maintenance);

  /** Removes; false when there is none. */
  boolean remove(String id);
}
