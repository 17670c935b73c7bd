package io.tocsin.settings;

import io.tocsin.alert.Severity;
import io.tocsin.notify.EscalationPolicies;
import io.tocsin.notify.EscalationPolicy;
import io.tocsin.notify.EscalationTrigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the policies, the plain list of steps, and the triggers. */
final class EscalationSettings {

  private static final int MOST_STEPS = 20;
  private static final int MOST_ROUNDS = 10;
  private static final Duration REPEAT_AFTER = Duration.ofMinutes(30);

  private EscalationSettings() {}

  /** Reads {@code escalation:}, a list of {@code {after: 15m, receiver: level-2}}. */
  static EscalationPolicies plain(List<Section> sections, Set<String> receivers) {
    var steps = new ArrayList<EscalationPolicy.Step>();
    for (Section section : sections) {
      Duration after = after(section, steps);
      String receiver = section.string("receiver");
      KnownTargets.require(section, "receiver", receiver, receivers);
      steps.add(EscalationPolicy.Step.receiver(after, receiver));
      section.done();
    }
    return EscalationPolicies.of(steps);
  }

  /** Reads policies and triggers; what is not there is as the owner has it. */
  static EscalationPolicies read(
      Section oncall, List<Section> sections, KnownTargets known, EscalationPolicies owners) {
    var policies = new ArrayList<EscalationPolicy>();
    var names = new LinkedHashSet<String>();
    for (Section section : sections) {
      EscalationPolicy policy = policy(section, known);
      if (!names.add(policy.name())) {
        throw section.problem("name", "a name that no other policy has");
      }
      policies.add(policy);
    }
    Map<String, EscalationTrigger> triggers = new LinkedHashMap<>(owners.triggers());
    for (Section section : oncall.sections("triggers")) {
      var trigger =
          new EscalationTrigger(
              section.string("name"),
              section.string("words", section.string("name")),
              known.targets(section, "notify"),
              section.duration("within", Duration.ofHours(1)));
      triggers.put(trigger.name(), trigger);
      section.done();
    }
    return new EscalationPolicies(policies.isEmpty() ? owners.policies() : policies, triggers);
  }

  private static EscalationPolicy policy(Section section, KnownTargets known) {
    String name = section.string("name");
    var steps = new ArrayList<EscalationPolicy.Step>();
    for (Section step : section.sections("steps")) {
      Duration after = after(step, steps);
      steps.add(new EscalationPolicy.Step(after, known.targets(step, "notify")));
      step.done();
    }
    if (steps.isEmpty() || steps.size() > MOST_STEPS) {
      throw section.problem("steps", "1 to " + MOST_STEPS + " steps");
    }
    int repeat = section.integer("repeat", 0);
    if (repeat < 0 || repeat > MOST_ROUNDS) {
      throw section.problem("repeat", "0 to " + MOST_ROUNDS);
    }
    var policy =
        new EscalationPolicy(
            name,
            severities(section),
            new LinkedHashSet<>(section.strings("components")),
            steps,
            repeat,
            section.duration("repeat_after", REPEAT_AFTER),
            section.optionalDuration("unacknowledge_after"),
            section.optionalDuration("stuck_after"));
    section.done();
    return policy;
  }

  private static Set<Severity> severities(Section section) {
    if (!section.has("severities")) {
      return Set.of(Severity.CRITICAL, Severity.HIGH);
    }
    var severities = new LinkedHashSet<Severity>();
    for (String word : section.strings("severities")) {
      severities.add(
          List.of(Severity.values()).stream()
              .filter(severity -> severity.label().equals(word))
              .findFirst()
              .orElseThrow(
                  () ->
                      section.problem(
                          "severities", "\"" + word + "\"", "critical, high, medium or low")));
    }
    return severities;
  }

  private static Duration after(Section section, List<EscalationPolicy.Step> before) {
    Duration after = section.duration("after");
    Duration least = before.isEmpty() ? Duration.ZERO : before.getLast().after();
    if (after.compareTo(least) < 0) {
      throw section.problem(
          "after", "at least the " + Durations.print(least) + " of the step before");
    }
    return after;
  }
}
