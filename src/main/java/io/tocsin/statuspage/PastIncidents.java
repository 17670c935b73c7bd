package io.tocsin.statuspage;

import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Published incidents between the recent past and the end of what is kept. They hardly change, so
 * they are read again only now and then.
 */
public final class PastIncidents {

  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int MOST = 2000;
  private static final int AT_ONCE = 500;

  private final IncidentStore store;
  private final Duration recent;
  private List<Incident> known = List.of();
  private Instant readAt = Instant.MIN;

  PastIncidents(IncidentStore store, Duration recent) {
    this.store = store;
    this.recent = recent;
  }

  /** Newest first, at most {@value #MOST}. Blocks; fails as the store does. */
  synchronized List<Incident> read(Instant now) {
    if (readAt.equals(Instant.MIN) || Duration.between(readAt, now).compareTo(EVERY) >= 0) {
      known = pages(now.minus(recent), now.minus(PageSnapshot.KEPT));
      readAt = now;
    }
    return known;
  }

  private List<Incident> pages(Instant before, Instant since) {
    var found = new ArrayList<Incident>();
    Instant openedBefore = before;
    while (found.size() < MOST) {
      List<Incident> page =
          store.search(
              new IncidentStore.Filter(
                  List.of(), List.of(), Optional.of(openedBefore), Optional.of(since), AT_ONCE));
      page.stream().filter(Incident::published).forEach(found::add);
      if (page.size() < AT_ONCE) {
        break;
      }
      openedBefore = page.getLast().openedAt();
    }
    return List.copyOf(found);
  }
}
