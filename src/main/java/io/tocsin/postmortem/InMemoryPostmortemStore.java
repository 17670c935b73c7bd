package io.tocsin.postmortem;

import io.tocsin.incident.IncidentId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** See {@link PostmortemStore#inMemory}. */
final class InMemoryPostmortemStore implements PostmortemStore {

  private final Map<IncidentId, List<Postmortem>> versions = new HashMap<>();

  @Override
  public synchronized Optional<Postmortem> latest(IncidentId incident) {
    List<Postmortem> known = versions(incident);
    return known.isEmpty() ? Optional.empty() : Optional.of(known.getLast());
  }

  @Override
  public synchronized List<Postmortem> versions(IncidentId incident) {
    return List.copyOf(versions.getOrDefault(incident, List.of()));
  }

  @Override
  public synchronized Map<IncidentId, Integer> written(Collection<IncidentId> incidents) {
    var written = new HashMap<IncidentId, Integer>();
    for (IncidentId incident : incidents) {
      latest(incident).ifPresent(it -> written.put(incident, it.version()));
    }
    return written;
  }

  @Override
  public synchronized List<Postmortem> search(String words, int limit) {
    List<String> wanted =
        Arrays.stream(words.toLowerCase(Locale.ROOT).split("\\s+"))
            .filter(word -> !word.isEmpty())
            .toList();
    return versions.values().stream()
        .map(List::getLast)
        .filter(it -> wanted.stream().allMatch(it.markdown().toLowerCase(Locale.ROOT)::contains))
        .sorted(Comparator.comparing(Postmortem::at).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized boolean append(Postmortem next) {
    List<Postmortem> known = versions.computeIfAbsent(next.incident(), id -> new ArrayList<>());
    return next.version() == known.size() + 1 && known.add(next);
  }
}
