package io.tocsin.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which changes belong on an incident's timeline: those made while it was open or shortly before,
 * to what it hits or to nothing that was named.
 *
 * @param from begin, inclusive
 * @param to end, exclusive
 * @param components what the incident hits
 */
public record ChangeWindow(Instant from, Instant to, List<String> components) {

  /** How long before its start a change is suspected. */
  public static final Duration BEFORE = Duration.ofHours(2);

  /** The most that a timeline shows, the newest. */
  public static final int MOST = 100;

  public ChangeWindow {
    components = List.copyOf(components);
  }

  /** The window of an incident: from {@link #BEFORE} its start to its end, or now. */
  public static ChangeWindow of(Incident incident, Instant now) {
    Instant end = incident.resolvedAt().orElse(now);
    return new ChangeWindow(
        incident.openedAt().minus(BEFORE), end.plusMillis(1), incident.components());
  }

  /** The changes that belong to it, oldest first; blocks. */
  public List<ChangeEvent> in(ChangeEventStore store) {
    return store.between(from, to, MOST).stream().filter(this::concerns).toList().reversed();
  }

  /** Whether a change touched something of it, or may have: where nothing is named on a side. */
  boolean concerns(ChangeEvent change) {
    return !change.at().isBefore(from)
        && change.at().isBefore(to)
        && (components.isEmpty()
            || change.components().isEmpty()
            || change.components().stream().anyMatch(components::contains));
  }
}
