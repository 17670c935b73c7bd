package io.tocsin.web;

import io.tocsin.incident.Change;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.Similarity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What may help with an incident and does not change with it: changes before its start and
 * incidents of the past that were alike.
 */
public record IncidentContext(List<ChangeEvent> changes, List<Similar> similar) {

  private static final Duration BEFORE = Duration.ofHours(24);
  private static final int MOST_CHANGES = 20;
  private static final int MOST_PAST = 300;
  private static final int MOST_SIMILAR = 5;

  /** An incident alike, with how it was resolved. */
  public record Similar(Incident incident, double share, Optional<String> how) {}

  public IncidentContext {
    changes = List.copyOf(changes);
    similar = List.copyOf(similar);
  }

  /** Reads it; blocks. */
  static IncidentContext read(ConsolePorts ports, Incident incident, Instant now) {
    Instant end = incident.resolvedAt().orElse(now);
    List<Incident> past =
        ports
            .incidents()
            .search(
                new IncidentStore.Filter(
                    List.of(Incident.State.RESOLVED),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    MOST_PAST));
    return new IncidentContext(
        ports
            .work()
            .changes()
            .between(incident.openedAt().minus(BEFORE), end.plusMillis(1), MOST_CHANGES),
        Similarity.of(incident, past, MOST_SIMILAR).stream()
            .map(
                alike ->
                    new Similar(
                        alike.incident(),
                        alike.share(),
                        how(ports.incidents().events(alike.incident().id()))))
            .toList());
  }

  /** The reason somebody gave at its end, else the last note or update. */
  private static Optional<String> how(List<IncidentEvent> events) {
    Optional<String> words = Optional.empty();
    for (IncidentEvent event : events) {
      switch (event.change()) {
        case Change.Resolved resolved when resolved.reason().isPresent() ->
            words = resolved.reason();
        case Change.NoteAdded note -> words = Optional.of(note.text());
        case Change.UpdatePosted update when !update.automatic() ->
            words = Optional.of(update.text());
        default -> {
          // tells nothing of how it ended
        }
      }
    }
    return words;
  }
}
