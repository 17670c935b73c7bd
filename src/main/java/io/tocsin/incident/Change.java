package io.tocsin.incident;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.oncall.Contact;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What an {@link IncidentEvent} did. An incident is the fold of these. */
public sealed interface Change {

  /** It began. {@code number} counts up for people; {@code components} are what it hits. */
  record Opened(
      long number,
      GroupKey group,
      String title,
      Severity severity,
      List<Alert> alerts,
      List<String> components,
      boolean published)
      implements Change {
    public Opened {
      alerts = List.copyOf(alerts);
      components = List.copyOf(components);
    }
  }

  /** Alerts joined or left. */
  record AlertsChanged(List<Alert> joined, List<Alert> left, List<String> components)
      implements Change {
    public AlertsChanged {
      joined = List.copyOf(joined);
      left = List.copyOf(left);
      components = List.copyOf(components);
    }
  }

  /** Worse or better than before, by an alert or by a person. */
  record SeverityChanged(Severity from, Severity to, Optional<String> reason) implements Change {
    /** By an alert, or by a person who gave no reason. */
    public SeverityChanged(Severity from, Severity to) {
      this(from, to, Optional.empty());
    }
  }

  /** Somebody has it. */
  record Acknowledged() implements Change {}

  /** Nobody has it any more; the escalation goes on. */
  record Unacknowledged(String reason) implements Change {}

  /** Somebody is to have it. */
  record Assigned(String assignee) implements Change {}

  /** A person holds a role in the response: commander, communications, scribe. */
  record RoleTaken(String role, String person) implements Change {}

  /** Words for people, on the status page when public; automatic ones stop no clock. */
  record UpdatePosted(Phase phase, boolean isPublic, boolean automatic, String text)
      implements Change {}

  /** A note for the responders. */
  record NoteAdded(String text) implements Change {}

  /** A task was made, or done, or is to be done again. */
  record TaskChanged(String id, String text, boolean done) implements Change {}

  /**
   * An address was added.
   *
   * @param purpose {@code attachment} or {@code war_room}; not called {@code kind}, which is what
   *     the kept form of a change calls the change itself
   */
  record LinkAdded(String purpose, String href, String text) implements Change {
    /** What older versions kept says no purpose. */
    public LinkAdded {
      purpose = Objects.requireNonNullElse(purpose, "attachment");
    }
  }

  /** It belongs to another incident in some way: {@code related}, {@code caused_by}, ... */
  record Linked(IncidentId other, String relation) implements Change {}

  /** Stakeholders were told outside the status page. */
  record StakeholdersInformed(String text) implements Change {}

  /**
   * The next step of the escalation was taken, or a trigger called somebody.
   *
   * @param step of the policy, from 1; unchanged by a trigger
   * @param policy name of the policy
   * @param round how often the policy began anew
   * @param contacts who is called
   */
  record Escalated(int step, String reason, String policy, int round, List<Contact> contacts)
      implements Change {
    /** What was kept before policies had names has neither name nor contacts. */
    public Escalated {
      policy = Objects.requireNonNullElse(policy, "");
      contacts = List.copyOf(Objects.requireNonNullElse(contacts, List.of()));
    }
  }

  /** A clock is near its target. */
  record ClockWarned(Clock clock, Instant deadline) implements Change {}

  /** A clock missed its target. */
  record ClockBreached(Clock clock, Instant deadline) implements Change {}

  /** Clocks stand still from now on, because somebody said why. */
  record ClocksPaused(List<Clock> clocks, String reason) implements Change {
    public ClocksPaused {
      clocks = List.copyOf(clocks);
    }
  }

  /** Whatever stood still runs again; its deadline moved by as long as it stood. */
  record ClocksResumed() implements Change {}

  /**
   * What a clock asks for is still not done some time after its deadline, and people are reminded.
   *
   * @param contacts who is reminded; none for the receivers of the incident's routes
   */
  record ClockReminded(Clock clock, Instant deadline, List<Contact> contacts) implements Change {
    public ClockReminded {
      contacts = List.copyOf(contacts);
    }
  }

  /** It may be seen on the status page from now on, or no longer. */
  record PublicationChanged(boolean published) implements Change {}

  /** It is over: every alert ended, or a person said so. */
  record Resolved(Optional<String> reason) implements Change {}

  /** The same trouble came back within the flapping window, for the n-th time. */
  record Reopened(int times, List<Alert> alerts) implements Change {
    public Reopened {
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * It turned out to be part of another incident and ends here.
   *
   * @param reason why the machine thought so; empty when a person merged it
   */
  record MergedInto(IncidentId other, Optional<String> reason) implements Change {
    /** By a person. */
    public MergedInto(IncidentId other) {
      this(other, Optional.empty());
    }
  }

  /** Some of its alerts turned out to be trouble of their own and left for a new incident. */
  record SplitOff(IncidentId other, long number, List<Alert> alerts, String reason)
      implements Change {
    public SplitOff {
      alerts = List.copyOf(alerts);
    }
  }

  /** It began as part of another incident; written right after {@link Opened}. */
  record SplitFrom(IncidentId other, long number, String reason) implements Change {}

  /** A person was proposed for a role by the plan for its severity. */
  record RoleProposed(String role, String person) implements Change {}

  /** Alerts make no sound because one of this incident's explains them. */
  record AlertsMasked(List<Masked.Child> children, boolean more) implements Change {
    public AlertsMasked {
      children = List.copyOf(children);
    }
  }
}
