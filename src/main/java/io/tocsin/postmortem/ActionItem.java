package io.tocsin.postmortem;

import io.tocsin.incident.IncidentId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Something to do so that it does not happen again.
 *
 * @param id names it
 * @param incident what it came of
 * @param text what is to be done
 * @param kind what it is good for
 * @param owner the one person who sees to it
 * @param dueOn until when
 * @param state how it stands
 * @param issue where it is followed up, if it was exported
 * @param author who wrote it down
 * @param createdAt when
 */
public record ActionItem(
    String id,
    IncidentId incident,
    String text,
    Kind kind,
    Optional<String> owner,
    Optional<LocalDate> dueOn,
    State state,
    Optional<String> issue,
    String author,
    Instant createdAt) {

  /** What an action is good for. */
  public enum Kind {
    PREVENT,
    DETECT,
    RECOVER,
    OTHER
  }

  /** To do, done, given up. */
  public enum State {
    OPEN,
    DONE,
    DROPPED
  }

  /** Whether it should have been done before today. */
  public boolean overdue(LocalDate today) {
    return state == State.OPEN && dueOn.filter(today::isAfter).isPresent();
  }

  /** The same, as it stands now. */
  public ActionItem with(State now) {
    return new ActionItem(id, incident, text, kind, owner, dueOn, now, issue, author, createdAt);
  }

  /** The same, followed up at another place. */
  public ActionItem exported(String place) {
    return new ActionItem(
        id, incident, text, kind, owner, dueOn, state, Optional.of(place), author, createdAt);
  }
}
