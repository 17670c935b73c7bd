package io.tocsin.incident;

import io.tocsin.alert.Severity;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What people and integrations ask becomes events, or an answer that says why not. */
public final class Commands {

  /** The longest text that is taken, in characters. */
  public static final int LONGEST_TEXT = 10_000;

  /** Within it an acknowledgement by the same person is the same one, sent twice. */
  static final Duration TWICE = Duration.ofMinutes(1);

  private final Desk desk;
  private final Publication publication;
  private final EscalationSteps escalation;
  private final Set<Clock> pausable;

  /** No clock may pause. */
  public Commands(Desk desk, Publication publication, EscalationSteps escalation) {
    this(desk, publication, escalation, Set.of());
  }

  /**
   * @param pausable clocks that people may make stand still
   */
  public Commands(
      Desk desk, Publication publication, EscalationSteps escalation, Set<Clock> pausable) {
    this.pausable = Set.copyOf(pausable);
    this.desk = desk;
    this.publication = publication;
    this.escalation = escalation;
  }

  /** Carries out one command. */
  public Answer apply(
      Recorder recorder,
      Optional<IncidentId> target,
      IncidentCommand command,
      Actor actor,
      Instant now) {
    Optional<Answer> wrong = invalid(command);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    if (command instanceof IncidentCommand.Declare declare) {
      return declare(recorder, declare, actor, now);
    }
    if (target.isEmpty()) {
      return new Answer.Invalid("incident", "nothing", "the id of an incident");
    }
    Optional<Incident> incident = recorder.find(target.get());
    if (incident.isEmpty()) {
      return new Answer.NotFound(target.get());
    }
    return new Order(recorder, incident.get(), actor, now).carryOut(command);
  }

  private Answer declare(
      Recorder recorder, IncidentCommand.Declare declare, Actor actor, Instant now) {
    long number = recorder.incidents().lastNumber() + 1;
    var group = new GroupKey("manual", Labels.of("incident", Long.toString(number)));
    boolean published = publication.automatic(declare.severity(), declare.components());
    Incident incident =
        recorder.open(
            IncidentId.of(group, now),
            actor,
            given ->
                new Change.Opened(
                    given,
                    group,
                    declare.title(),
                    declare.severity(),
                    List.of(),
                    declare.components(),
                    published),
            now);
    desk.review(recorder, incident, now);
    return done(recorder, incident.id());
  }

  private static Answer done(Recorder recorder, IncidentId id) {
    return new Answer.Done(recorder.find(id).orElseThrow());
  }

  private static Optional<Answer> invalid(IncidentCommand command) {
    return switch (command) {
      case IncidentCommand.Assign assign -> text("assignee", assign.assignee());
      case IncidentCommand.TakeRole role ->
          text("role", role.role()).or(() -> text("person", role.person()));
      case IncidentCommand.PostUpdate update when update.phase() == Phase.RESOLVED ->
          Optional.of(
              new Answer.Invalid(
                  "phase", "resolved", "investigating, identified or monitoring; else resolve it"));
      case IncidentCommand.PostUpdate update -> text("text", update.text());
      case IncidentCommand.AddNote note -> text("text", note.text());
      case IncidentCommand.InformStakeholders informed -> text("text", informed.text());
      case IncidentCommand.Declare declare -> text("title", declare.title());
      case IncidentCommand.Resolve resolve when resolve.reason().length() > LONGEST_TEXT ->
          text("reason", resolve.reason());
      case IncidentCommand.Acknowledge c -> Optional.empty();
      case IncidentCommand.Unacknowledge c -> Optional.empty();
      case IncidentCommand.ChangeSeverity c ->
          c.reason()
              .filter(reason -> reason.length() > LONGEST_TEXT)
              .flatMap(r -> text("reason", r));
      case IncidentCommand.AddTask task -> text("text", task.text());
      case IncidentCommand.CheckTask task -> text("id", task.id());
      case IncidentCommand.AddLink link -> text("text", link.text()).or(() -> address(link.href()));
      case IncidentCommand.LinkTo link -> text("relation", link.relation());
      case IncidentCommand.Publish c -> Optional.empty();
      case IncidentCommand.Escalate c -> Optional.empty();
      case IncidentCommand.Summon summon -> text("trigger", summon.trigger());
      case IncidentCommand.PauseClocks pause -> text("reason", pause.reason());
      case IncidentCommand.ResumeClocks c -> Optional.empty();
      case IncidentCommand.Resolve c -> Optional.empty();
      case IncidentCommand.MergeInto c -> Optional.empty();
      case IncidentCommand.Split split ->
          split
              .title()
              .flatMap(title -> text("title", title))
              .or(
                  () ->
                      split.reason().length() > LONGEST_TEXT
                          ? text("reason", split.reason())
                          : Optional.empty());
    };
  }

  /** Only what a browser may follow: no scripts, no files. */
  private static Optional<Answer> address(String href) {
    return href.matches("https?://[^\\s<>\"]{1,2000}")
        ? Optional.empty()
        : Optional.of(new Answer.Invalid("href", href, "an address such as https://example.com/"));
  }

  private static Optional<Answer> text(String field, String found) {
    if (found.isBlank()) {
      return Optional.of(new Answer.Invalid(field, found, "some words"));
    }
    if (found.length() > LONGEST_TEXT) {
      return Optional.of(
          new Answer.Invalid(field, found.length() + " characters", "at most " + LONGEST_TEXT));
    }
    return Optional.empty();
  }

  /** One command on one incident. */
  private final class Order {
    private final Recorder recorder;
    private final Incident incident;
    private final Actor actor;
    private final Instant now;

    Order(Recorder recorder, Incident incident, Actor actor, Instant now) {
      this.recorder = recorder;
      this.incident = incident;
      this.actor = actor;
      this.now = now;
    }

    Answer carryOut(IncidentCommand command) {
      return switch (command) {
        case IncidentCommand.Acknowledge c -> acknowledge();
        case IncidentCommand.Unacknowledge c ->
            incident.acknowledgedAt().isEmpty()
                ? new Answer.Conflict("it is not acknowledged")
                : whileOpen(new Change.Unacknowledged("by " + actor.name()));
        case IncidentCommand.Assign c -> whileOpen(new Change.Assigned(c.assignee()));
        case IncidentCommand.TakeRole c -> write(new Change.RoleTaken(c.role(), c.person()));
        case IncidentCommand.ChangeSeverity c -> changeSeverity(c.severity(), c.reason());
        case IncidentCommand.AddTask c ->
            write(new Change.TaskChanged("t" + (incident.lastSeq() + 1), c.text(), false));
        case IncidentCommand.CheckTask c ->
            write(new Change.TaskChanged(c.id(), c.text(), c.done()));
        case IncidentCommand.AddLink c -> write(new Change.LinkAdded(c.kind(), c.href(), c.text()));
        case IncidentCommand.LinkTo c ->
            c.other().equals(incident.id())
                ? new Answer.Conflict("an incident cannot be linked to itself")
                : write(new Change.Linked(c.other(), c.relation()));
        case IncidentCommand.PostUpdate c -> post(c);
        case IncidentCommand.AddNote c -> write(new Change.NoteAdded(c.text()));
        case IncidentCommand.InformStakeholders c ->
            write(new Change.StakeholdersInformed(c.text()));
        case IncidentCommand.Publish c -> publish(c.published());
        case IncidentCommand.Escalate c -> escalate();
        case IncidentCommand.Summon c -> summon(c.trigger());
        case IncidentCommand.PauseClocks c -> pause(c);
        case IncidentCommand.ResumeClocks c ->
            incident.clocks().stream().anyMatch(clock -> clock.pausedAt().isPresent())
                ? whileOpen(new Change.ClocksResumed())
                : new Answer.Conflict("none of its clocks stands still");
        case IncidentCommand.Resolve c -> resolve(c.reason());
        case IncidentCommand.MergeInto c -> merge(c.other());
        case IncidentCommand.Split c ->
            incident.open()
                ? new Split(recorder, incident, actor, now).carryOut(desk, c)
                : whileOpen(new Change.Acknowledged());
        case IncidentCommand.Declare c -> throw new IllegalArgumentException("no target needed");
      };
    }

    /**
     * Whoever has it and says so again has shown a sign of life, and it lapses that much later;
     * right after the first time, or from a machine, it is the same said twice.
     */
    private Answer acknowledge() {
      boolean has = incident.acknowledgedBy().equals(Optional.of(actor.name()));
      boolean fresh =
          incident.acknowledgedAt().filter(at -> at.plus(TWICE).isAfter(now)).isPresent();
      return incident.open() && has && (fresh || actor.kind() != Actor.Kind.PERSON)
          ? new Answer.Done(incident)
          : whileOpen(new Change.Acknowledged());
    }

    private Answer changeSeverity(Severity severity, Optional<String> reason) {
      if (incident.open() && severity == incident.severity()) {
        return new Answer.Done(incident);
      }
      Answer answer =
          whileOpen(
              new Change.SeverityChanged(
                  incident.severity(), severity, reason.filter(text -> !text.isBlank())));
      if (answer instanceof Answer.Done done) {
        desk.review(recorder, done.incident(), now);
        return done(recorder, incident.id());
      }
      return answer;
    }

    private Answer post(IncidentCommand.PostUpdate update) {
      if (update.isPublic() && !incident.published()) {
        Answer published = publish(true);
        if (!(published instanceof Answer.Done)) {
          return published;
        }
      }
      Phase phase = incident.open() ? update.phase() : Phase.RESOLVED;
      return write(new Change.UpdatePosted(phase, update.isPublic(), false, update.text()));
    }

    private Answer publish(boolean published) {
      if (published && publication.mode() == Publication.Mode.NEVER) {
        return new Answer.Conflict("the configuration says publish: never");
      }
      return published == incident.published()
          ? new Answer.Done(incident)
          : write(new Change.PublicationChanged(published));
    }

    private Answer escalate() {
      return escalation
          .next(incident, "asked for by " + actor.name(), now)
          .map(this::whileOpen)
          .orElseGet(
              () ->
                  new Answer.Conflict(
                      "there is no escalation step after " + incident.escalationStep()));
    }

    private Answer summon(String trigger) {
      return escalation
          .triggered(incident, trigger, "asked for by " + actor.name(), now)
          .map(this::whileOpen)
          .orElseGet(
              () ->
                  new Answer.Invalid(
                      "trigger",
                      trigger,
                      "one of " + String.join(", ", new TreeSet<>(escalation.triggers()))));
    }

    private Answer pause(IncidentCommand.PauseClocks command) {
      Set<Clock> asked = command.clocks().isEmpty() ? pausable : command.clocks();
      if (pausable.isEmpty() || !pausable.containsAll(asked)) {
        return new Answer.Conflict(
            "the configuration does not let these clocks pause (severities: pause)");
      }
      List<Clock> still =
          incident.clocks().stream()
              .filter(clock -> asked.contains(clock.clock()) && clock.pausable())
              .map(ClockState::clock)
              .toList();
      return incident.open() && still.isEmpty()
          ? new Answer.Conflict("none of these clocks runs towards its target")
          : whileOpen(new Change.ClocksPaused(still, command.reason()));
    }

    private Answer resolve(String reason) {
      if (incident.open()) {
        publication.over(recorder, incident, now);
      }
      return whileOpen(
          new Change.Resolved(Optional.of(reason.isBlank() ? "by " + actor.name() : reason)));
    }

    private Answer merge(IncidentId otherId) {
      Optional<Incident> other = recorder.find(otherId);
      if (other.isEmpty()) {
        return new Answer.NotFound(otherId);
      }
      if (otherId.equals(incident.id()) || !other.get().open()) {
        return new Answer.Conflict("it can be merged into another open incident only");
      }
      return incident.open()
          ? new Answer.Done(
              new Merge(recorder, incident, actor, now).into(desk, other.get(), Optional.empty()))
          : whileOpen(new Change.MergedInto(otherId));
    }

    private Answer whileOpen(Change change) {
      return switch (incident.state()) {
        case OPEN -> write(change);
        case RESOLVED -> new Answer.Conflict("it is resolved");
        case MERGED -> new Answer.Conflict("it was merged into another incident");
      };
    }

    private Answer write(Change change) {
      return new Answer.Done(recorder.record(incident.id(), actor, change, now));
    }
  }
}
