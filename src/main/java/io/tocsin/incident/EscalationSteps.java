package io.tocsin.incident;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Who would be told next: what commands need to know of the escalation. */
public interface EscalationSteps {

  /** The next step of an incident; empty when there is none. */
  Optional<Change.Escalated> next(Incident incident, String reason, Instant now);

  /** Those whom a trigger calls at once, as in a legal threat; empty for an unknown one. */
  Optional<Change.Escalated> triggered(
      Incident incident, String trigger, String reason, Instant now);

  /** The triggers there are. */
  Set<String> triggers();
}
