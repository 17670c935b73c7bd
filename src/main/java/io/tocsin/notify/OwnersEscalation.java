package io.tocsin.notify;

import io.tocsin.alert.Severity;
import io.tocsin.oncall.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The owner's escalation: L1, L2, Engineering, CEO; a CRITICAL incident calls L2, Engineering and
 * the manager at once; and the table of what else calls whom. Roles that nobody fills are left out.
 */
public final class OwnersEscalation {

  private static final Duration STUCK = Duration.ofMinutes(30);

  private OwnersEscalation() {}

  /** The policies and triggers for the roles that are filled. */
  public static EscalationPolicies among(Set<String> roles) {
    var policies = new ArrayList<EscalationPolicy>();
    policy(
            "critical",
            Severity.CRITICAL,
            roles,
            step(0, roles, "l1", "l2", "engineering", "manager"),
            step(15, roles, "ceo"))
        .ifPresent(policies::add);
    policy(
            "high",
            Severity.HIGH,
            roles,
            step(0, roles, "l1"),
            step(15, roles, "l2"),
            step(30, roles, "engineering"),
            step(60, roles, "ceo"))
        .ifPresent(policies::add);
    return new EscalationPolicies(policies, triggers(roles));
  }

  private static Optional<EscalationPolicy> policy(
      String name, Severity severity, Set<String> roles, EscalationPolicy.Step... steps) {
    List<EscalationPolicy.Step> filled =
        Arrays.stream(steps).filter(step -> !step.targets().isEmpty()).toList();
    return filled.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EscalationPolicy(
                name,
                Set.of(severity),
                Set.of(),
                filled,
                1,
                Duration.ofMinutes(30),
                Optional.empty(),
                roles.contains("l2") ? Optional.of(STUCK) : Optional.empty()));
  }

  private static EscalationPolicy.Step step(int minutes, Set<String> roles, String... names) {
    return new EscalationPolicy.Step(Duration.ofMinutes(minutes), filled(roles, names));
  }

  private static List<Target> filled(Set<String> roles, String... names) {
    return Arrays.stream(names).filter(roles::contains).<Target>map(Target.OfRole::new).toList();
  }

  private static Map<String, EscalationTrigger> triggers(Set<String> roles) {
    var triggers = new LinkedHashMap<String, EscalationTrigger>();
    for (EscalationTrigger trigger :
        List.of(
            trigger(
                "legal", "legal threat or compliance issue", 60, roles, "l2", "legal", "manager"),
            trigger(
                "churn",
                "a customer threatens to leave (ARR above 10,000 USD)",
                60,
                roles,
                "l2",
                "account-manager",
                "customer-success-lead"),
            trigger(
                "repeated",
                "the same issue reported three times or more by one customer",
                240,
                roles,
                "l2",
                "engineering",
                "product-manager"),
            trigger("stuck", "a responder is stuck for 30 minutes", 30, roles, "l2"),
            trigger("manager", "a customer asks for a manager", 0, roles, "team-lead"),
            trigger("social", "public escalation on social media", 30, roles, "social"),
            trigger("viral", "a post about us goes viral", 30, roles, "social", "pr"))) {
      if (!trigger.targets().isEmpty()) {
        triggers.put(trigger.name(), trigger);
      }
    }
    return triggers;
  }

  private static EscalationTrigger trigger(
      String name, String words, int minutes, Set<String> roles, String... names) {
    return new EscalationTrigger(name, words, filled(roles, names), Duration.ofMinutes(minutes));
  }
}
