package io.tocsin.notify;

import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.oncall.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is told next while nobody acknowledges: L1, then L2, then Engineering, then the CEO.
 *
 * @param name unique among the policies
 * @param severities incidents of these climb by time
 * @param components only incidents that hit one of these; empty: every incident
 * @param steps in order of time
 * @param repeat how often it begins anew after the last step
 * @param repeatAfter how long after the last step
 * @param unacknowledgeAfter an acknowledgement ends when no person did anything for so long
 * @param stuckAfter an acknowledged incident goes one step up when no person did anything for so
 *     long
 */
public record EscalationPolicy(
    String name,
    Set<Severity> severities,
    Set<String> components,
    List<Step> steps,
    int repeat,
    Duration repeatAfter,
    Optional<Duration> unacknowledgeAfter,
    Optional<Duration> stuckAfter) {

  /**
   * One step.
   *
   * @param after how long nobody has acknowledged, since the response is owed
   * @param targets who is told
   */
  public record Step(Duration after, List<Target> targets) {
    public Step {
      targets = List.copyOf(targets);
    }

    /** A step that tells a receiver as such. */
    public static Step receiver(Duration after, String receiver) {
      return new Step(after, List.of(new Target.OfReceiver(receiver)));
    }
  }

  /**
   * @throws IllegalArgumentException when a step is due before the one in front of it
   */
  public EscalationPolicy {
    severities = Set.copyOf(severities);
    components = Set.copyOf(components);
    steps = List.copyOf(steps);
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).after().compareTo(steps.get(i - 1).after()) < 0) {
        throw new IllegalArgumentException(
            String.format(
                "escalation step %d: found after %s, expected at least %s",
                i + 1, steps.get(i).after(), steps.get(i - 1).after()));
      }
    }
  }

  /** The plain form: CRITICAL and HIGH incidents climb these steps once. */
  public static EscalationPolicy of(List<Step> steps) {
    return new EscalationPolicy(
        "default",
        Set.of(Severity.CRITICAL, Severity.HIGH),
        Set.of(),
        steps,
        0,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty());
  }

  boolean concerns(Incident incident) {
    return components.isEmpty() || incident.components().stream().anyMatch(components::contains);
  }

  boolean climbs(Incident incident) {
    return severities.contains(incident.severity());
  }

  /** When a step of a round is due, counted from when the response is owed. */
  Duration due(int step, int round) {
    Duration last = steps.getLast().after();
    return last.plus(repeatAfter).multipliedBy(round).plus(steps.get(step - 1).after());
  }
}
