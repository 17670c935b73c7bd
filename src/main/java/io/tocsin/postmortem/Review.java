package io.tocsin.postmortem;

import io.tocsin.incident.IncidentId;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a post-mortem is.
 *
 * @param state draft, in review, published
 * @param by who said so
 * @param publicSummary words for affected customers, if any are written
 */
public record Review(
    IncidentId incident, State state, String by, Instant at, Optional<String> publicSummary) {

  /** The stages. */
  public enum State {
    DRAFT,
    IN_REVIEW,
    PUBLISHED
  }
}
