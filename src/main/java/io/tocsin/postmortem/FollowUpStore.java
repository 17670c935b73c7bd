package io.tocsin.postmortem;

import io.tocsin.incident.IncidentId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Action items and reviews. Calls may block. */
public interface FollowUpStore {

  /** Those of one incident, oldest first. */
  List<ActionItem> actions(IncidentId incident);

  /** All that are open, by due date, those without one last. */
  List<ActionItem> openActions(int limit);

  Optional<ActionItem> action(String id);

  /** Keeps it, in place of the one of the same id. */
  void save(ActionItem item);

  /** How far an incident's post-mortem is; empty before anybody said. */
  Optional<Review> review(IncidentId incident);

  /** The reviews of those of the incidents that have one. */
  List<Review> reviews(Collection<IncidentId> incidents);

  void save(Review review);

  /** The reviews of published post-mortems that say something to the public, newest first. */
  List<Review> published(int limit);

  /** As long as the process lives. */
  static FollowUpStore inMemory() {
    return new InMemoryFollowUpStore();
  }
}
