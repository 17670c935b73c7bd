package io.tocsin.notify;

import io.tocsin.oncall.Target;
import java.time.Duration;
import java.util.List;

/**
 * A row of the escalation table: something that calls certain people at once, whatever the step. A
 * person names it, or an alert with the label {@code escalate}.
 *
 * @param name as people and labels name it
 * @param words what it is
 * @param targets who is called
 * @param within how soon they are to act
 */
public record EscalationTrigger(String name, String words, List<Target> targets, Duration within) {

  /** The label of an alert that names a trigger. */
  public static final String LABEL = "escalate";

  /** The trigger that calls help for a responder who shows no sign of life. */
  public static final String STUCK = "stuck";

  public EscalationTrigger {
    targets = List.copyOf(targets);
  }
}
