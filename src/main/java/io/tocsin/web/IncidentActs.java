package io.tocsin.web;

import io.tocsin.alert.Severity;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Response;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * What people do to an incident. Without scripts each leads back to a page; with them the page
 * stays and a word says what was done and, where that is possible, offers to take it back.
 */
final class IncidentActs {

  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ConsolePorts ports;
  private final ConsolePage page;
  private final Refusal refusal;

  /** Shows the incident's page with what went wrong. */
  @FunctionalInterface
  interface Refusal {
    Reply show(Request request, int status, String trouble);
  }

  IncidentActs(ConsolePorts ports, ConsolePage page, Refusal refusal) {
    this.ports = ports;
    this.page = page;
    this.refusal = refusal;
  }

  void mount(Router router) {
    post(
        router,
        "acknowledge",
        it -> new IncidentCommand.Acknowledge(),
        "Acknowledged",
        "unacknowledge");
    post(
        router,
        "unacknowledge",
        it -> new IncidentCommand.Unacknowledge(),
        "No longer acknowledged",
        "acknowledge");
    post(
        router,
        "escalate",
        it -> new IncidentCommand.Escalate(),
        "Escalated: the next step is called",
        "");
    post(router, "resolve", IncidentActs::resolve, "Resolved", "");
    post(router, "note", IncidentActs::note, "Note added", "");
    post(
        router,
        "inform",
        it -> new IncidentCommand.InformStakeholders(text(it)),
        "Noted: stakeholders were informed",
        "");
    post(
        router,
        "pause",
        it -> new IncidentCommand.PauseClocks(Set.of(), text(it)),
        "Clocks paused",
        "resume");
    post(router, "resume", it -> new IncidentCommand.ResumeClocks(), "Paused clocks run again", "");
    post(router, "role", IncidentActs::role, "Role taken", "");
    post(router, "tasks", it -> new IncidentCommand.AddTask(text(it)), "Task added", "");
    post(
        router,
        "publish",
        it -> new IncidentCommand.Publish(true),
        "Shown on the status page",
        "unpublish");
    post(
        router,
        "unpublish",
        it -> new IncidentCommand.Publish(false),
        "Taken off the status page",
        "publish");
    post(
        router,
        "roles",
        it -> new IncidentCommand.TakeRole(it.required("role"), it.required("person")),
        "Role taken",
        "");
    post(
        router,
        "merge",
        it -> new IncidentCommand.MergeInto(other(it)),
        "Merged into the other incident",
        "");
    page.post(router, "/incidents/:id/split", this::split);
    page.post(router, "/incidents/:id/severity", this::severity);
    page.post(router, "/incidents/:id/steps", this::step);
    page.post(router, "/incidents", this::declare);
  }

  private void post(
      Router router,
      String verb,
      Function<Request, IncidentCommand> command,
      String done,
      String undo) {
    page.post(
        router,
        "/incidents/:id/" + verb,
        request -> {
          IncidentId id = IncidentPages.id(request);
          Optional<String> back =
              undo.isEmpty() ? Optional.empty() : Optional.of("/incidents/" + id + "/" + undo);
          return ask(request, command.apply(request), done, back);
        });
  }

  private static String text(Request request) {
    return request.query("text").orElse("").strip();
  }

  private static IncidentCommand resolve(Request request) {
    return new IncidentCommand.Resolve(request.query("reason").orElse("resolved by hand"));
  }

  private static IncidentCommand note(Request request) {
    return new IncidentCommand.AddNote(text(request));
  }

  private static IncidentCommand role(Request request) {
    return new IncidentCommand.TakeRole(
        request.query("role").orElse(""),
        request.query("person").orElseGet(() -> request.principal().name()).strip());
  }

  private static IncidentId other(Request request) {
    return Request.incident(request.required("into"));
  }

  /** Leads to the new incident. */
  private Reply split(Request request) {
    var command =
        new IncidentCommand.Split(
            request.queries("alert"), request.query("title"), request.query("reason").orElse(""));
    Actor actor = Actor.person(request.principal().name());
    return switch (answer(Optional.of(IncidentPages.id(request)), command, actor)) {
      case Answer.Done done -> ConsolePage.to("/incidents/" + done.incident().id());
      case Answer.NotFound absent -> throw IncidentPages.absent(absent.id());
      case Answer other -> refusal.show(request, status(other), words(other));
    };
  }

  private Reply severity(Request request) {
    IncidentId id = IncidentPages.id(request);
    Incident before = ports.incidents().find(id).orElseThrow(() -> IncidentPages.absent(id));
    Severity to = Request.choice("severity", request.required("severity"), Severity.class);
    var command = new IncidentCommand.ChangeSeverity(to, request.query("reason"));
    return ask(
        request,
        command,
        "Severity is " + to.name() + " now",
        Optional.of("/incidents/" + id + "/severity?severity=" + before.severity().label()));
  }

  /** A step of the runbook, or a task, is done or is to be done again. */
  private Reply step(Request request) {
    IncidentId id = IncidentPages.id(request);
    String step = request.required("step");
    boolean done = request.flag("done", true);
    Optional<Response.Task> known = task(id, step);
    if (known.isEmpty()) {
      Reply added = ask(request, new IncidentCommand.AddTask(step), "Step added", Optional.empty());
      if (added.status() >= 400) {
        return added;
      }
      known = task(id, step);
    }
    Response.Task task =
        known.orElseThrow(() -> ProblemException.notFound("there is no step " + step));
    String undo =
        "/incidents/%s/steps?done=%s&step=%s".formatted(id, !done, Address.encoded(task.text()));
    return task.done() == done
        ? back(request, id)
        : ask(
            request,
            new IncidentCommand.CheckTask(task.id(), task.text(), done),
            done ? "Step done" : "Step is to be done again",
            Optional.of(undo));
  }

  private Optional<Response.Task> task(IncidentId id, String step) {
    return Response.of(ports.incidents().events(id), page.now()).tasks().stream()
        .filter(task -> task.text().equals(step.strip()))
        .findFirst();
  }

  private Reply declare(Request request) {
    String title = request.query("title").orElse("").strip();
    Severity severity =
        Request.choice("severity", request.query("severity").orElse("high"), Severity.class);
    List<String> components =
        Arrays.stream(request.query("components").orElse("").split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    var command = new IncidentCommand.Declare(title, severity, components);
    Actor actor = Actor.person(request.principal().name());
    return switch (answer(Optional.empty(), command, actor)) {
      case Answer.Done done -> ConsolePage.to("/incidents/" + done.incident().id());
      case Answer other -> refusal.show(request, status(other), words(other));
    };
  }

  /** Asks, and says what became of it. */
  Reply ask(Request request, IncidentCommand command, String done, Optional<String> undo) {
    IncidentId id = IncidentPages.id(request);
    Actor actor = Actor.person(request.principal().name());
    Answer answer = answer(Optional.of(id), command, actor);
    boolean part = ConsolePage.asksForPart(request);
    return switch (answer) {
      case Answer.Done it when part ->
          new Toast("#" + it.incident().number() + ": " + done, undo, false).reply(204);
      case Answer.Done it -> back(request, id);
      case Answer.NotFound absent -> throw IncidentPages.absent(id);
      case Answer other when part -> Toast.trouble(words(other)).reply(status(other));
      case Answer other -> refusal.show(request, status(other), words(other));
    };
  }

  private static Reply back(Request request, IncidentId id) {
    return ConsolePage.to(request.query("back").filter("/"::equals).orElse("/incidents/" + id));
  }

  private static int status(Answer answer) {
    return switch (answer) {
      case Answer.Done done -> 200;
      case Answer.NotFound absent -> 404;
      case Answer.Conflict conflict -> 409;
      case Answer.Invalid invalid -> 422;
      case Answer.Unavailable away -> 503;
    };
  }

  /** Why it was not done; nothing when it was. */
  static String words(Answer answer) {
    return switch (answer) {
      case Answer.Done done -> "";
      case Answer.NotFound absent -> "there is no incident " + absent.id();
      case Answer.Conflict conflict -> conflict.reason();
      case Answer.Invalid invalid ->
          "%s: found \"%s\", expected %s"
              .formatted(invalid.field(), invalid.found(), invalid.expected());
      case Answer.Unavailable away -> away.reason();
    };
  }

  private Answer answer(Optional<IncidentId> id, IncidentCommand command, Actor actor) {
    return answer(ports.commands().submit(id, command, actor), PATIENCE.toNanos());
  }

  /** Waits for an answer, at most so many nanoseconds of {@link #PATIENCE}; blocks. */
  static Answer answer(CompletionStage<Answer> asked, long nanos) {
    try {
      return asked.toCompletableFuture().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return new Answer.Unavailable(
          "Not confirmed within " + PATIENCE.toSeconds() + " s; it may still take effect.");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the command failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unavailable("Tocsin is shutting down.");
    }
  }
}
