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

  /** What a message of this kind says, for people: {@code that incident #7 opened}. */
  public String about(String incident) {
    return switch (kind) {
      case OPENED -> "that " + incident + " opened";
      case REOPENED -> "that " + incident + " is open again";
      case ALERTS_CHANGED -> "that the alerts of " + incident + " changed";
      case SEVERITY -> "that the severity of " + incident + " changed";
      case ACKNOWLEDGED -> "that somebody has " + incident;
      case UNACKNOWLEDGED -> "that nobody has " + incident + " any more";
      case ESCALATED -> "that " + incident + " is escalated";
      case UPDATE -> "what is new about " + incident;
      case CLOCK -> "that a target of " + incident + " is near or missed";
      case REPEAT -> "that " + incident + " is still open";
      case RESOLVED -> "that " + incident + " is over";
      case NOTE -> "what somebody noted on " + incident;
      case REMINDER -> "what is still owed after " + incident;
    };
  }

  /** Stable text form, part of the idempotency key: {@code 3-resolved}, {@code 2-repeat-4}. */
  @Override
  public String toString() {
    String text = seq + "-" + kind.name().toLowerCase(Locale.ROOT);
    return count == 0 ? text : text + "-" + count;
  }
}
