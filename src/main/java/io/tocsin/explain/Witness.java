package io.tocsin.explain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who knows what happened to an alert. Calls block: virtual threads only. */
public interface Witness {

  /**
   * What happened to the alert with a fingerprint.
   *
   * @param at in the episode that was on then; the newest when empty
   */
  Optional<Facts> facts(String fingerprint, Optional<Instant> at);

  /** The episodes of that alert, newest first, at most 30 days back. */
  List<Episode> episodes(String fingerprint);
}
