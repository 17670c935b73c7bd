package io.tocsin.notify;

import io.tocsin.incident.Actor;
import io.tocsin.incident.IncidentId;

/**
 * How a note that crosses to PagerDuty is known again when PagerDuty tells us of it: it begins with
 * the incident and the number of its event. So nothing goes round in circles, whatever order
 * answers and webhooks come in, and a note that was sent twice is seen to be there already.
 */
public final class NoteMark {

  /** How the names of those end who acted there. */
  public static final String IN_PAGERDUTY = " in PagerDuty";

  private NoteMark() {}

  /** The mark of one note: {@code [tocsin i1234/17]}. */
  public static String of(IncidentId incident, long seq) {
    return "[tocsin " + incident.value() + "/" + seq + "]";
  }

  /** Whether a note that comes in is one of ours that went out. */
  public static boolean ours(String content, IncidentId incident) {
    return content.strip().startsWith("[tocsin " + incident.value() + "/");
  }

  /** Whether somebody acted there, so that it need not be told there. */
  static boolean fromThere(Actor actor) {
    return actor.kind() == Actor.Kind.INTEGRATION && actor.name().endsWith(IN_PAGERDUTY);
  }
}
