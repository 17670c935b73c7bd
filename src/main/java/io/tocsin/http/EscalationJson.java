package io.tocsin.http;

import io.tocsin.alert.Severity;
import io.tocsin.notify.EscalationPolicies;
import io.tocsin.notify.EscalationPolicy;
import io.tocsin.notify.EscalationTrigger;
import io.tocsin.oncall.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Escalation policies and triggers as JSON. */
record EscalationJson(List<Policy> policies, List<Trigger> triggers) {

  record Policy(
      String name,
      List<String> severities,
      List<String> components,
      List<Step> steps,
      int repeat,
      Duration repeatAfter,
      Optional<Duration> unacknowledgeAfter,
      Optional<Duration> stuckAfter) {}

  record Step(Duration after, List<Whom> targets) {}

  record Whom(String kind, String name) {}

  record Trigger(String name, String words, List<Whom> targets, Duration within) {}

  static EscalationJson of(EscalationPolicies policies) {
    return new EscalationJson(
        policies.policies().stream().map(EscalationJson::policy).toList(),
        policies.triggers().values().stream().map(EscalationJson::trigger).toList());
  }

  private static Policy policy(EscalationPolicy it) {
    return new Policy(
        it.name(),
        it.severities().stream().sorted().map(Severity::label).toList(),
        it.components().stream().sorted().toList(),
        it.steps().stream().map(step -> new Step(step.after(), whom(step.targets()))).toList(),
        it.repeat(),
        it.repeatAfter(),
        it.unacknowledgeAfter(),
        it.stuckAfter());
  }

  private static Trigger trigger(EscalationTrigger it) {
    return new Trigger(it.name(), it.words(), whom(it.targets()), it.within());
  }

  private static List<Whom> whom(List<Target> targets) {
    return targets.stream()
        .map(
            target ->
                switch (target) {
                  case Target.OfPerson person -> new Whom("person", person.name());
                  case Target.OfSchedule schedule -> new Whom("schedule", schedule.name());
                  case Target.OfRole role -> new Whom("role", role.name());
                  case Target.OfReceiver receiver -> new Whom("receiver", receiver.name());
                })
        .toList();
  }
}
