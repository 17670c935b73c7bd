package io.tocsin.settings;

import io.tocsin.notify.EscalationPolicies;
import io.tocsin.notify.OwnersEscalation;
import io.tocsin.notify.TeamPlan;
import io.tocsin.oncall.Person;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.Schedule;
import io.tocsin.oncall.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code oncall:}: people, schedules, roles, policies, triggers. Every name that is used must
 * be declared, a schedule leaves no gap unless it says so, roles do not go in circles.
 *
 * @param roster people, schedules and roles
 * @param escalation who is told next
 * @param buttons what proves that a button was pressed in a chat
 */
public record OnCallSettings(
    Roster roster, EscalationPolicies escalation, TeamPlan team, Buttons buttons) {

  /**
   * What proves that a button was pressed in a chat.
   *
   * @param slack the Slack app's signing secret
   * @param telegram the secret token of the Telegram bot's webhook
   */
  public record Buttons(Optional<String> slack, Optional<String> telegram) {
    @Override
    public String toString() {
      return "Buttons[***]";
    }
  }

  /**
   * Reads the section.
   *
   * @param oncall the mapping under {@code oncall:}
   * @param receivers the names declared under {@code receivers:}
   * @throws SettingsProblem naming the place of the first mistake
   */
  public static OnCallSettings read(Section oncall, Set<String> receivers) {
    Map<String, Person> people = people(oncall, receivers);
    Map<String, Schedule> schedules = new LinkedHashMap<>();
    for (Section section : oncall.sections("schedules")) {
      Schedule schedule = ScheduleSettings.read(section, people.keySet());
      if (schedules.put(schedule.name(), schedule) != null) {
        throw section.problem("name", "a name that no other schedule has");
      }
    }
    var known = new KnownTargets(people.keySet(), schedules.keySet(), receivers);
    Map<String, List<Target>> roles = roles(oncall, known);
    var roster = new Roster(people, schedules, roles, List.of());
    EscalationPolicies escalation = escalation(oncall, known.with(roles.keySet()), roles.keySet());
    TeamPlan team = TeamSettings.read(oncall, known.with(roles.keySet()), roles.keySet());
    Section secrets = oncall.part("buttons");
    var buttons =
        new Buttons(
            secrets.optional("slack_signing_secret"), secrets.optional("telegram_secret_token"));
    secrets.done();
    oncall.done();
    return new OnCallSettings(roster, escalation, team, buttons);
  }

  private static Map<String, Person> people(Section oncall, Set<String> receivers) {
    var people = new LinkedHashMap<String, Person>();
    for (Section section : oncall.sections("people")) {
      String name = section.string("name");
      var contacts = new ArrayList<Person.ContactRule>();
      for (Section rule : section.sections("contact")) {
        Duration after = rule.duration("after", Duration.ZERO);
        KnownTargets.require(rule, "receiver", rule.string("receiver"), receivers);
        contacts.add(new Person.ContactRule(after, rule.string("receiver")));
        rule.done();
      }
      if (people.put(name, new Person(name, section.optional("email"), contacts)) != null) {
        throw section.problem("name", "a name that nobody else has");
      }
      section.done();
    }
    return people;
  }

  /** Roles as written; a schedule or a receiver also fills the role of its own name. */
  private static Map<String, List<Target>> roles(Section oncall, KnownTargets known) {
    var roles = new LinkedHashMap<String, List<Target>>();
    known.receivers().forEach(name -> roles.put(name, List.of(new Target.OfReceiver(name))));
    known.schedules().forEach(name -> roles.put(name, List.of(new Target.OfSchedule(name))));
    Section section = oncall.part("roles");
    var names = new LinkedHashSet<>(roles.keySet());
    names.addAll(section.names());
    for (String role : section.names()) {
      roles.put(role, known.with(names).targets(section, role));
    }
    for (String role : section.names()) {
      refuseCircle(section, role, List.of(role), roles);
    }
    section.done();
    return roles;
  }

  private static void refuseCircle(
      Section section, String role, List<String> path, Map<String, List<Target>> roles) {
    for (Target target : roles.getOrDefault(path.getLast(), List.of())) {
      if (target instanceof Target.OfRole next) {
        if (path.contains(next.name())) {
          throw section.problem(
              role, String.join(" -> ", path) + " -> " + next.name(), "roles that end with people");
        }
        var longer = new ArrayList<>(path);
        longer.add(next.name());
        refuseCircle(section, role, longer, roles);
      }
    }
  }

  /** Ours when nothing is said: the owner's path, for the roles that are filled. */
  private static EscalationPolicies escalation(
      Section oncall, KnownTargets known, Set<String> roles) {
    List<Section> plain = oncall.sections("escalation");
    List<Section> policies = oncall.sections("policies");
    if (!plain.isEmpty() && !policies.isEmpty()) {
      throw oncall.problem("escalation", "either escalation or policies");
    }
    if (!plain.isEmpty()) {
      return EscalationSettings.plain(plain, known.receivers());
    }
    boolean configured = oncall.has("schedules") || oncall.has("roles") || oncall.has("people");
    EscalationPolicies owners =
        configured ? OwnersEscalation.among(roles) : EscalationPolicies.NONE;
    return EscalationSettings.read(oncall, policies, known, owners);
  }
}
