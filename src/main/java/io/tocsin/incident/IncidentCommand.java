package io.tocsin.incident;

import io.tocsin.alert.Severity;
import java.util.List;

/** What a person or an integration may ask of an incident. */
public sealed interface IncidentCommand {

  record Acknowledge() implements IncidentCommand {}

  record Unacknowledge() implements IncidentCommand {}

  record Assign(String assignee) implements IncidentCommand {}

  record TakeRole(String role, String person) implements IncidentCommand {}

  record ChangeSeverity(Severity severity) implements IncidentCommand {}

  record PostUpdate(Phase phase, boolean isPublic, String text) implements IncidentCommand {}

  record AddNote(String text) implements IncidentCommand {}

  record InformStakeholders(String text) implements IncidentCommand {}

  record Publish(boolean published) implements IncidentCommand {}

  record Escalate() implements IncidentCommand {}

  /** Calls those whom the escalation table names for a trigger, as in a legal threat. */
  record Summon(String trigger) implements IncidentCommand {}

  record Resolve(String reason) implements IncidentCommand {}

  record MergeInto(IncidentId other) implements IncidentCommand {}

  /** Opens an incident by hand; the id it is addressed to is ignored. */
  record Declare(String title, Severity severity, List<String> components)
      implements IncidentCommand {
    public Declare {
      components = List.copyOf(components);
    }
  }
}
