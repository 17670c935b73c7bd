package io.tocsin.incident;

import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of other systems' webhooks: which were taken already, and what they call our
 * incidents. Calls block: virtual threads only.
 */
public interface HookLedger {

  /** When a webhook was first taken, by its sender's own id for it. */
  Optional<Instant> takenAt(String source, String id);

  /** Remembers that one was taken. */
  void taken(String source, String id, Instant at);

  /** Our incident behind a foreign id. */
  Optional<IncidentId> incident(String source, String foreignId);

  /** The foreign id of one of our incidents. */
  Optional<String> foreignId(String source, IncidentId incident);

  /** Remembers what another system calls an incident of ours. */
  void link(String source, String foreignId, IncidentId incident);

  /** Forgets webhooks taken before an instant. */
  void forget(Instant before);
}
