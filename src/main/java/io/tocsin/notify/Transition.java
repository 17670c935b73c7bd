package io.tocsin.notify;

import java.util.Locale;

/**
 * What a message is about: an incident event's number with its kind. Unique per destination and
 * incident, so the same news is never told twice with different content.
 *
 * @param seq number of the incident event; for a repeat, of the newest event it repeats
 * @param kind what happened
 * @param count for {@link Kind#REPEAT} and {@link Kind#REOPENED} the n-th, else 0
 */
public record Transition(long seq, Kind kind, int count) {

  /** Why a message goes out. */
  public enum Kind {
    OPENED,
    ALERTS_CHANGED,
    SEVERITY,
    ACKNOWLEDGED,
    UNACKNOWLEDGED,
    ESCALATED,
    UPDATE,
    CLOCK,
    REPEAT,
    RESOLVED,
    REOPENED,
    /** Somebody noted something; only for those who keep notes of their own. */
    NOTE,
    /** Something that is owed after the incident is due. */
    REMINDER
  }

  /** Stable text form, part of the idempotency key: {@code 3-resolved}, {@code 2-repeat-4}. */
  @Override
  public String toString() {
    String text = seq + "-" + kind.name().toLowerCase(Locale.ROOT);
    return count == 0 ? text : text + "-" + count;
  }
}
