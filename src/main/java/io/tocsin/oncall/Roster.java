package io.tocsin.oncall;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everybody and every schedule: an immutable value.
 *
 * @param people by name
 * @param schedules by name
 * @param roles who fills each role
 * @param overrides of all schedules
 */
public record Roster(
    Map<String, Person> people,
    Map<String, Schedule> schedules,
    Map<String, List<Target>> roles,
    List<ShiftOverride> overrides) {

  /** No people, no schedules. */
  public static final Roster EMPTY = new Roster(Map.of(), Map.of(), Map.of(), List.of());

  public Roster {
    people = new LinkedHashMap<>(people);
    schedules = new LinkedHashMap<>(schedules);
    roles = new LinkedHashMap<>(roles);
    overrides = List.copyOf(overrides);
  }

  /** The same with other overrides. */
  public Roster with(List<ShiftOverride> others) {
    return new Roster(people, schedules, roles, others);
  }

  /** Who is on call on a schedule; empty in a gap and when there is no such schedule. */
  public Optional<String> onCall(String schedule, Instant at) {
    return Optional.ofNullable(schedules.get(schedule)).flatMap(it -> it.at(overrides, at));
  }

  /** Everybody whom targets mean at an instant, each once. */
  public Set<String> people(List<Target> targets, Instant at) {
    var found = new LinkedHashSet<String>();
    for (Contact contact : contacts(targets, at)) {
      if (!contact.person().isEmpty()) {
        found.add(contact.person());
      }
    }
    return found;
  }

  /** The pages by which targets are told at an instant, each once. */
  public List<Contact> contacts(List<Target> targets, Instant at) {
    var contacts = new LinkedHashSet<Contact>();
    targets.forEach(target -> collect(target, at, contacts, new HashSet<>()));
    return List.copyOf(contacts);
  }

  private void collect(Target target, Instant at, Set<Contact> into, Set<String> roleNames) {
    switch (target) {
      case Target.OfReceiver receiver -> into.add(new Contact("", receiver.name(), Duration.ZERO));
      case Target.OfPerson person -> reach(person.name(), into);
      case Target.OfSchedule schedule ->
          onCall(schedule.name(), at).ifPresent(name -> reach(name, into));
      case Target.OfRole role -> {
        if (roleNames.add(role.name())) {
          roles
              .getOrDefault(role.name(), List.of())
              .forEach(filling -> collect(filling, at, into, roleNames));
        }
      }
    }
  }

  private void reach(String name, Set<Contact> into) {
    Person person = people.get(name);
    if (person != null) {
      person.contacts().forEach(rule -> into.add(new Contact(name, rule.receiver(), rule.after())));
    }
  }
}
