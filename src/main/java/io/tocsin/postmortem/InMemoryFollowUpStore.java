package io.tocsin.postmortem;

import io.tocsin.incident.IncidentId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** See {@link FollowUpStore#inMemory}. */
final class InMemoryFollowUpStore implements FollowUpStore {
  private final Map<String, ActionItem> actions = new LinkedHashMap<>();
  private final Map<IncidentId, Review> reviews = new LinkedHashMap<>();

  @Override
  public synchronized List<ActionItem> actions(IncidentId incident) {
    return actions.values().stream()
        .filter(item -> item.incident().equals(incident))
        .sorted(Comparator.comparing(ActionItem::createdAt).thenComparing(ActionItem::id))
        .toList();
  }

  @Override
  public synchronized List<ActionItem> openActions(int limit) {
    return actions.values().stream()
        .filter(item -> item.state() == ActionItem.State.OPEN)
        .sorted(
            Comparator.comparing((ActionItem item) -> item.dueOn().orElse(LocalDate.MAX))
                .thenComparing(ActionItem::id))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<ActionItem> action(String id) {
    return Optional.ofNullable(actions.get(id));
  }

  @Override
  public synchronized void save(ActionItem item) {
    actions.put(item.id(), item);
  }

  @Override
  public synchronized Optional<Review> review(IncidentId incident) {
    return Optional.ofNullable(reviews.get(incident));
  }

  @Override
  public synchronized List<Review> reviews(Collection<IncidentId> incidents) {
    return reviews.values().stream().filter(it -> incidents.contains(it.incident())).toList();
  }

  @Override
  public synchronized List<Review> published(int limit) {
    return reviews.values().stream()
        .filter(review -> review.state() == Review.State.PUBLISHED)
        .filter(review -> review.publicSummary().isPresent())
        .sorted(Comparator.comparing(Review::at).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void save(Review review) {
    reviews.put(review.incident(), review);
  }
}
