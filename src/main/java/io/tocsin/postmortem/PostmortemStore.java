package io.tocsin.postmortem;

import io.tocsin.incident.IncidentId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Versions of post-mortems; none is ever changed or lost. Calls may block. */
public interface PostmortemStore {

  /** The newest version. */
  Optional<Postmortem> latest(IncidentId incident);

  /** All versions, oldest first. */
  List<Postmortem> versions(IncidentId incident);

  /** The newest version's number of each incident that has one. */
  Map<IncidentId, Integer> written(Collection<IncidentId> incidents);

  /**
   * The newest versions of post-mortems that have all the words, in the text or in the action items
   * written down since (in memory: in the text alone), best first; by newest when there are no
   * words.
   */
  List<Postmortem> search(String words, int limit);

  /**
   * Adds a version if it is the next one.
   *
   * @return false when somebody else added this version first; nothing was stored
   */
  boolean append(Postmortem next);

  /** Versions as long as the process lives. */
  static PostmortemStore inMemory() {
    return new InMemoryPostmortemStore();
  }
}
