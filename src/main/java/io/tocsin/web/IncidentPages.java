package io.tocsin.web;

import io.tocsin.access.Scope;
import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Phase;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** An incident's page and what can be done there: acknowledge, tell, resolve. */
final class IncidentPages {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_TEXT = 10_000;

  /** Who reads an update. */
  private enum Audience {
    INTERNAL,
    PUBLIC
  }

  private final ConsolePorts ports;
  private final ConsolePage page;

  IncidentPages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/incidents/:id", request -> show(request, 200, ""));
    page.get(
        router,
        "/incidents/:id/live",
        request -> page.part("console/incident-live.jte", Map.of("view", view(request))));
    page.post(
        router,
        "/incidents/:id/acknowledge",
        request -> ask(request, new IncidentCommand.Acknowledge()));
    page.post(router, "/incidents/:id/resolve", request -> ask(request, resolve(request)));
    page.post(router, "/incidents/:id/update", Scope.COMMUNICATE, this::update);
    page.post(router, "/incidents/:id/split", this::split);
    page.post(
        router,
        "/incidents/:id/merge",
        request -> ask(request, new IncidentCommand.MergeInto(other(request))));
    page.post(
        router,
        "/incidents/:id/roles",
        request ->
            ask(
                request,
                new IncidentCommand.TakeRole(
                    request.required("role"), request.required("person"))));
  }

  /** The incident named in the path. */
  static IncidentId id(Request request) {
    try {
      return new IncidentId(request.path("id"));
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound(String.valueOf(e.getMessage()));
    }
  }

  private IncidentView view(Request request) {
    IncidentId id = id(request);
    return IncidentView.read(ports, id, page.now()).orElseThrow(() -> absent(id));
  }

  static ProblemException absent(IncidentId id) {
    return ProblemException.notFound("there is no incident " + id);
  }

  /** The page, with what went wrong with the last command, if anything. */
  private Reply show(Request request, int status, String trouble) {
    IncidentView view = view(request);
    String title = "#" + view.incident().number() + " " + view.incident().title();
    return page.page(
        status,
        request,
        "console/incident.jte",
        title,
        Map.of(
            "view",
            view,
            "findings",
            FindingView.of(ports.findings().apply(view.incident())),
            "trouble",
            trouble,
            "text",
            trouble.isEmpty() ? "" : typed(request)));
  }

  private static String typed(Request request) {
    return request.query("text").orElse("");
  }

  private static IncidentCommand resolve(Request request) {
    return new IncidentCommand.Resolve(request.query("reason").orElse("resolved by hand"));
  }

  private Reply update(Request request) {
    String text = typed(request).strip();
    if (text.isEmpty()) {
      return show(request, 422, "The update has no text yet.");
    }
    if (text.length() > LONGEST_TEXT) {
      return show(request, 422, "The update is longer than " + LONGEST_TEXT + " characters.");
    }
    Phase phase = Request.choice("phase", request.required("phase"), Phase.class);
    Audience audience = Request.choice("audience", request.required("audience"), Audience.class);
    boolean isPublic = audience == Audience.PUBLIC;
    return ask(request, new IncidentCommand.PostUpdate(phase, isPublic, text));
  }

  private static IncidentId other(Request request) {
    return Request.incident(request.required("into"));
  }

  /** Leads to the new incident. */
  private Reply split(Request request) {
    var command =
        new IncidentCommand.Split(
            request.queries("alert"), request.query("title"), request.query("reason").orElse(""));
    return ask(request, command, done -> "/incidents/" + done.id());
  }

  private Reply ask(Request request, IncidentCommand command) {
    String back = request.query("back").filter("/"::equals).orElse("/incidents/" + id(request));
    return ask(request, command, done -> back);
  }

  private Reply ask(Request request, IncidentCommand command, Function<Incident, String> onwards) {
    IncidentId id = id(request);
    Actor actor = Actor.person(request.principal().name());
    return switch (answer(id, command, actor)) {
      case Answer.Done done -> ConsolePage.to(onwards.apply(done.incident()));
      case Answer.NotFound absent -> throw absent(id);
      case Answer.Conflict conflict -> show(request, 409, conflict.reason());
      case Answer.Invalid invalid ->
          show(
              request,
              422,
              "%s: found \"%s\", expected %s"
                  .formatted(invalid.field(), invalid.found(), invalid.expected()));
      case Answer.Unavailable away -> show(request, 503, away.reason());
    };
  }

  private Answer answer(IncidentId id, IncidentCommand command, Actor actor) {
    try {
      return ports
          .commands()
          .submit(Optional.of(id), command, actor)
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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
