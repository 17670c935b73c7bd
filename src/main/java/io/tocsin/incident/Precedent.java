package io.tocsin.incident;

import java.util.List;
import java.util.Optional;

/**
 * An incident of the past that was alike.
 *
 * @param share how alike, 0 to 1
 * @param how it was resolved: the reason somebody gave at its end, else the last note or update
 */
public record Precedent(Incident incident, double share, Optional<String> how) {

  private static final int MOST_PAST = 300;
  private static final int MOST = 5;

  /** The most alike of those resolved lately, most alike first; blocks. */
  public static List<Precedent> of(Incident incident, IncidentStore store) {
    List<Incident> past =
        store.search(
            new IncidentStore.Filter(
                List.of(Incident.State.RESOLVED),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                MOST_PAST));
    return Similarity.of(incident, past, MOST).stream()
        .map(
            alike ->
                new Precedent(
                    alike.incident(), alike.share(), how(store.events(alike.incident().id()))))
        .toList();
  }

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
