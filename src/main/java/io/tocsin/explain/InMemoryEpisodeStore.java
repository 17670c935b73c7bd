package io.tocsin.explain;

import io.tocsin.alert.AlertKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Episodes in memory. */
public final class InMemoryEpisodeStore implements EpisodeStore {
  private final Map<Id, Episode> episodes = new LinkedHashMap<>();

  private record Id(AlertKey key, Instant activeSince) {}

  @Override
  public synchronized void save(List<Episode> changed) {
    for (Episode episode : changed) {
      episodes.put(new Id(episode.key(), episode.activeSince()), episode);
    }
  }

  @Override
  public synchronized List<Episode> open() {
    return newest(episode -> episode.endedAt().isEmpty(), Integer.MAX_VALUE);
  }

  @Override
  public synchronized List<Episode> of(String fingerprint, int limit) {
    return newest(episode -> episode.key().fingerprint().equals(fingerprint), limit);
  }

  @Override
  public synchronized List<Episode> since(Instant from, int limit) {
    return newest(episode -> !episode.activeSince().isBefore(from), limit);
  }

  @Override
  public synchronized void forget(Instant endedBefore) {
    episodes
        .values()
        .removeIf(episode -> episode.endedAt().map(endedBefore::isAfter).orElse(false));
  }

  private List<Episode> newest(Predicate<Episode> which, int limit) {
    return episodes.values().stream()
        .filter(which)
        .sorted(Comparator.comparing(Episode::activeSince).reversed())
        .limit(limit)
        .toList();
  }
}
