package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tocsin.access.Scope;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Actor;
import io.tocsin.incident.AutomaticPriority;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ChangeEventStore;
import io.tocsin.incident.ChangeWindow;
import io.tocsin.incident.Clock;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.Phase;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Incidents: which there are, what happened, and what people do about them. */
public final class IncidentRoutes implements Routes {

  private static final String PATH = "/api/v1/incidents";
  private static final Set<String> COMMUNICATION = Set.of("updates", "stakeholders");
  private static final long MAX_BODY = 64 * 1024;
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 500;

  private final IncidentStore store;
  private final IncidentCommands commands;
  private final ChangeEventStore changes;
  private final Blocking blocking;
  private final InstantSource clock;

  public IncidentRoutes(
      IncidentStore store,
      IncidentCommands commands,
      ChangeEventStore changes,
      Blocking blocking,
      InstantSource clock) {
    this.store = store;
    this.commands = commands;
    this.changes = changes;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Page(List<IncidentJson> incidents, Optional<Instant> next) {}

  private record Assign(String assignee) {}

  private record Summon(String trigger) {}

  private record Role(String role, String person) {}

  private record Level(String severity, Optional<String> reason) {}

  private record Update(String phase, @JsonProperty("public") boolean isPublic, String text) {}

  private record Words(String text) {}

  private record Publication(boolean published) {}

  private record Reason(Optional<String> reason) {}

  private record Pause(String reason, Optional<List<String>> clocks) {
    IncidentCommand command() {
      Set<Clock> which =
          clocks.orElse(List.of()).stream()
              .map(word -> Request.choice("clocks", word, Clock.class))
              .collect(Collectors.toUnmodifiableSet());
      return new IncidentCommand.PauseClocks(which, reason);
    }
  }

  private record Merge(String into) {}

  private record Apart(List<String> alerts, Optional<String> title, Optional<String> reason) {}

  private record Declaration(
      String title,
      Optional<String> severity,
      Optional<List<String>> components,
      Optional<String> tier,
      Optional<Integer> affectedCustomers,
      Optional<Boolean> revenueImpact) {

    /** As said, else by the owner's automatic priority. */
    Severity level() {
      return severity
          .map(IncidentRoutes::severity)
          .orElseGet(
              () ->
                  AutomaticPriority.of(
                      title,
                      tier,
                      affectedCustomers.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                      revenueImpact.orElse(false)));
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::list);
    Operation.get(router, PATH + "/:id").needs(Scope.READ).answersOn(blocking, this::show);
    Operation.post(router, PATH)
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answers(this::declare);
    bare(router, "acknowledge", new IncidentCommand.Acknowledge());
    bare(router, "unacknowledge", new IncidentCommand.Unacknowledge());
    bare(router, "clocks/resume", new IncidentCommand.ResumeClocks());
    command(router, "clocks/pause", Pause.class, Pause::command);
    bare(router, "escalate", new IncidentCommand.Escalate());
    command(router, "summon", Summon.class, it -> new IncidentCommand.Summon(it.trigger));
    command(router, "assign", Assign.class, it -> new IncidentCommand.Assign(it.assignee));
    command(router, "roles", Role.class, it -> new IncidentCommand.TakeRole(it.role, it.person));
    command(
        router,
        "severity",
        Level.class,
        it -> new IncidentCommand.ChangeSeverity(severity(it.severity), it.reason));
    command(
        router,
        "updates",
        Update.class,
        it ->
            new IncidentCommand.PostUpdate(
                Request.choice("phase", it.phase, Phase.class), it.isPublic, it.text));
    command(router, "notes", Words.class, it -> new IncidentCommand.AddNote(it.text));
    command(
        router, "stakeholders", Words.class, it -> new IncidentCommand.InformStakeholders(it.text));
    command(
        router, "publication", Publication.class, it -> new IncidentCommand.Publish(it.published));
    command(
        router, "resolve", Reason.class, it -> new IncidentCommand.Resolve(it.reason.orElse("")));
    command(
        router,
        "merge",
        Merge.class,
        it -> new IncidentCommand.MergeInto(Request.incident(it.into)));
    Operation.post(router, PATH + "/:id/split")
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answers(this::split);
  }

  /** Answers the new incident. */
  private Future<Reply> split(Request request) {
    Apart it = request.json(Apart.class);
    var command = new IncidentCommand.Split(it.alerts, it.title, it.reason.orElse(""));
    return submit(request, Optional.of(request.incident()), command)
        .map(fresh -> Reply.created(PATH + "/" + fresh.id(), IncidentJson.of(fresh)));
  }

  private void bare(Router router, String verb, IncidentCommand command) {
    Operation.post(router, PATH + "/:id/" + verb)
        .needs(Scope.RESPOND)
        .reads(MAX_BODY)
        .answers(request -> submit(request, command));
  }

  private <T> void command(
      Router router, String verb, Class<T> body, Function<T, IncidentCommand> command) {
    Operation.post(router, PATH + "/:id/" + verb)
        .needs(COMMUNICATION.contains(verb) ? Scope.COMMUNICATE : Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answers(request -> submit(request, command.apply(request.json(body))));
  }

  private Reply list(Request request) {
    List<Incident.State> states = request.choices("state", Incident.State.class);
    int limit = request.integer("limit", PAGE, 1, MAX_PAGE);
    List<Incident> found =
        store.search(
            new IncidentStore.Filter(
                states.isEmpty() ? List.of(Incident.State.OPEN) : states,
                request.choices("severity", Severity.class),
                request.instant("opened_before"),
                request.instant("resolved_after"),
                limit));
    Optional<Instant> next =
        found.size() < limit ? Optional.empty() : Optional.of(found.getLast().openedAt());
    return Reply.json(new Page(found.stream().map(IncidentJson::of).toList(), next));
  }

  private Reply show(Request request) {
    IncidentId id = request.incident();
    Incident incident = store.find(id).orElseThrow(() -> unknown(id.value()));
    List<ChangeEvent> near = ChangeWindow.of(incident, clock.instant()).in(changes);
    return Reply.json(IncidentJson.of(incident, store.events(id), near));
  }

  private Future<Reply> declare(Request request) {
    Declaration it = request.json(Declaration.class);
    var command =
        new IncidentCommand.Declare(it.title, it.level(), it.components.orElse(List.of()));
    return submit(request, Optional.empty(), command)
        .map(incident -> Reply.created(PATH + "/" + incident.id(), IncidentJson.of(incident)));
  }

  private Future<Reply> submit(Request request, IncidentCommand command) {
    return submit(request, Optional.of(request.incident()), command)
        .map(incident -> Reply.json(IncidentJson.of(incident)));
  }

  private Future<Incident> submit(
      Request request, Optional<IncidentId> target, IncidentCommand command) {
    Actor actor = Actor.person(request.principal().name());
    return Future.fromCompletionStage(
            commands.submit(target, command, actor), request.context().vertx().getOrCreateContext())
        .map(IncidentRoutes::done);
  }

  static Incident done(Answer answer) {
    return switch (answer) {
      case Answer.Done done -> done.incident();
      case Answer.NotFound missing -> throw unknown(missing.id().value());
      case Answer.Conflict conflict -> throw ProblemException.conflict(conflict.reason());
      case Answer.Invalid wrong ->
          throw ProblemException.of(
              422,
              wrong.field() + ": found \"" + wrong.found() + "\", expected " + wrong.expected());
      case Answer.Unavailable away ->
          throw ProblemException.unavailable(away.reason(), Duration.ofSeconds(1));
    };
  }

  private static Severity severity(String text) {
    return Request.choice("severity", text, Severity.class);
  }

  private static ProblemException unknown(String id) {
    return ProblemException.notFound("there is no incident " + id);
  }
}
