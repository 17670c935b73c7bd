package io.tocsin.postmortem;

import io.tocsin.incident.ClockTargets.PostMortemDuty;
import io.tocsin.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an incident's post-mortem stands.
 *
 * @param incident whose it is
 * @param duty whether one is owed
 * @param version the newest version's number, 0 when nothing is written
 * @param review what was said of it last, if anything
 * @param dueAt until when it is to be published, if it is owed and the incident is over
 * @param open its action items that are still to be done
 */
public record Story(
    Incident incident,
    PostMortemDuty duty,
    int version,
    Optional<Review> review,
    Optional<Instant> dueAt,
    List<ActionItem> open) {

  public Story {
    open = List.copyOf(open);
  }

  /** A draft before anybody said otherwise. */
  public Review.State state() {
    return review.map(Review::state).orElse(Review.State.DRAFT);
  }

  /** Whether it should have been published by now. */
  public boolean overdue(Instant now) {
    return state() != Review.State.PUBLISHED && dueAt.filter(now::isAfter).isPresent();
  }

  /** Who is to write it. */
  public Optional<String> owner() {
    return DueReminders.owner(incident);
  }

  /** Whether there is one, or ought to be. */
  public boolean matters() {
    return version > 0 || dueAt.isPresent();
  }
}
