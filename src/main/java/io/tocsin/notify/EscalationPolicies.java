package io.tocsin.notify;

import io.tocsin.incident.Incident;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policies in the order in which they are tried, and the triggers by name.
 *
 * @param policies the first that concerns an incident and its severity counts
 * @param triggers who is called at once by what
 */
public record EscalationPolicies(
    List<EscalationPolicy> policies, Map<String, EscalationTrigger> triggers) {

  /** Nobody else is told. */
  public static final EscalationPolicies NONE = new EscalationPolicies(List.of(), Map.of());

  public EscalationPolicies {
    policies = List.copyOf(policies);
    triggers = new LinkedHashMap<>(triggers);
  }

  /** Whether nobody is ever called. */
  boolean none() {
    return policies.isEmpty() && triggers.isEmpty();
  }

  /** The plain form: one list of steps for CRITICAL and HIGH incidents. */
  public static EscalationPolicies of(List<EscalationPolicy.Step> steps) {
    return steps.isEmpty()
        ? NONE
        : new EscalationPolicies(List.of(EscalationPolicy.of(steps)), Map.of());
  }

  /**
   * The policy of an incident: the first for its components and severity, else the last for its
   * components, along which it goes up when a clock misses its target or a person asks.
   */
  public Optional<EscalationPolicy> of(Incident incident) {
    // Asked of every open incident in every cycle.
    EscalationPolicy last = null;
    for (EscalationPolicy policy : policies) {
      if (policy.concerns(incident)) {
        if (policy.climbs(incident)) {
          return Optional.of(policy);
        }
        last = policy;
      }
    }
    return Optional.ofNullable(last);
  }
}
