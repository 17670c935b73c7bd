package io.tocsin.incident;

import io.tocsin.alert.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a person or an integration may ask of an incident. */
public sealed interface IncidentCommand {

  record Acknowledge() implements IncidentCommand {}

  record Unacknowledge() implements IncidentCommand {}

  record Assign(String assignee) implements IncidentCommand {}

  record TakeRole(String role, String person) implements IncidentCommand {}

  record ChangeSeverity(Severity severity, Optional<String> reason) implements IncidentCommand {
    /** Without a reason. */
    public ChangeSeverity(Severity severity) {
      this(severity, Optional.empty());
    }
  }

  /** Something is to be done. */
  record AddTask(String text) implements IncidentCommand {}

  /** A task is done, or to be done again. */
  record CheckTask(String id, String text, boolean done) implements IncidentCommand {}

  /** An attachment or the war room, by its address. */
  record AddLink(String kind, String href, String text) implements IncidentCommand {}

  /** It belongs to another incident. */
  record LinkTo(IncidentId other, String relation) implements IncidentCommand {}

  record PostUpdate(Phase phase, boolean isPublic, String text) implements IncidentCommand {}

  record AddNote(String text) implements IncidentCommand {}

  record InformStakeholders(String text) implements IncidentCommand {}

  record Publish(boolean published) implements IncidentCommand {}

  record Escalate() implements IncidentCommand {}

  /** Calls those whom the escalation table names for a trigger, as in a legal threat. */
  record Summon(String trigger) implements IncidentCommand {}

  /**
   * Clocks are to stand still; refused where the policy does not allow it.
   *
   * @param clocks which; none for all that may
   * @param reason why, for the log
   */
  record PauseClocks(Set<Clock> clocks, String reason) implements IncidentCommand {
    public PauseClocks {
      clocks = Set.copyOf(clocks);
    }
  }

  /** Whatever stands still is to run again. */
  record ResumeClocks() implements IncidentCommand {}

  record Resolve(String reason) implements IncidentCommand {}

  record MergeInto(IncidentId other) implements IncidentCommand {}

  /**
   * Some of its alerts are trouble of their own: they leave for a new incident, which is the
   * answer.
   *
   * @param fingerprints of the alerts that leave
   * @param title of the new incident; empty for the summary of its worst alert
   * @param reason why, empty text for none
   */
  record Split(List<String> fingerprints, Optional<String> title, String reason)
      implements IncidentCommand {
    public Split {
      fingerprints = List.copyOf(fingerprints);
    }
  }

  /** Opens an incident by hand; the id it is addressed to is ignored. */
  record Declare(String title, Severity severity, List<String> components)
      implements IncidentCommand {
    public Declare {
      components = List.copyOf(components);
    }
  }
}
