package io.tocsin.explain;

import java.time.Instant;
import java.util.List;

/** Episodes of alerts as stored, for 30 days. Calls block: virtual threads only. */
public interface EpisodeStore {

  /** Adds or replaces, by the alert and the start of the episode. */
  void save(List<Episode> episodes);

  /** Those that are on, as far as written. */
  List<Episode> open();

  /** Of the alerts with a fingerprint, newest first. */
  List<Episode> of(String fingerprint, int limit);

  /** Those of any alert that began after an instant, newest first. */
  List<Episode> since(Instant from, int limit);

  /** Forgets those that ended before an instant. */
  void forget(Instant endedBefore);
}
