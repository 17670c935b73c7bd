package io.tocsin.settings;

import io.tocsin.oncall.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The names that a step's targets may use. */
record KnownTargets(
    Set<String> people, Set<String> schedules, Set<String> receivers, Set<String> roles) {

  KnownTargets(Set<String> people, Set<String> schedules, Set<String> receivers) {
    this(people, schedules, receivers, Set.of());
  }

  KnownTargets with(Set<String> theRoles) {
    return new KnownTargets(people, schedules, receivers, theRoles);
  }

  /**
   * Reads targets: one mapping or a list of {@code {person: ana}}, {@code {schedule: l1}}, {@code
   * {role: ceo}}, {@code {receiver: ops}}.
   */
  List<Target> targets(Section section, String key) {
    var targets = new ArrayList<Target>();
    for (Section target : section.sections(key)) {
      target
          .optional("person")
          .ifPresent(name -> targets.add(new Target.OfPerson(known(target, "person", people))));
      target
          .optional("schedule")
          .ifPresent(
              name -> targets.add(new Target.OfSchedule(known(target, "schedule", schedules))));
      target
          .optional("role")
          .ifPresent(name -> targets.add(new Target.OfRole(known(target, "role", roles))));
      target
          .optional("receiver")
          .ifPresent(
              name -> targets.add(new Target.OfReceiver(known(target, "receiver", receivers))));
      target.done();
    }
    if (targets.isEmpty()) {
      throw section.problem(key, "at least one person, schedule, role or receiver");
    }
    return List.copyOf(targets);
  }

  private static String known(Section target, String key, Set<String> names) {
    return require(target, key, target.string(key), names);
  }

  static String require(Section section, String key, String name, Set<String> names) {
    if (!names.contains(name)) {
      throw section.problem(
          key,
          "\"" + name + "\"",
          names.isEmpty() ? "a declared one; there is none" : "one of " + list(names));
    }
    return name;
  }

  private static String list(Set<String> names) {
    return String.join(", ", new TreeSet<>(names));
  }
}
