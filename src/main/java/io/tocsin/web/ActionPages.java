package io.tocsin.web;

import io.tocsin.channel.ActionLinks;
import io.tocsin.channel.ActionLinks.Action;
import io.tocsin.http.Blocking;
import io.tocsin.http.Operation;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.http.Routes;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.Page;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pages behind links in messages. They ask for no login, the address is signed. GET only shows
 * what would happen, since mail programs and chats open every link they see; POST acts. An expired
 * address is 410.
 */
public final class ActionPages implements Routes {

  private static final long MAX_FORM = 4096;

  private final ActionLinks links;
  private final IncidentStore incidents;
  private final IncidentCommands commands;
  private final Assets assets;
  private final Blocking blocking;
  private final InstantSource clock;

  public ActionPages(
      ActionLinks links,
      IncidentStore incidents,
      IncidentCommands commands,
      Assets assets,
      Blocking blocking,
      InstantSource clock) {
    this.links = links;
    this.incidents = incidents;
    this.commands = commands;
    this.assets = assets;
    this.blocking = blocking;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    String path = "/" + ActionLinks.PATH + "/:token";
    Operation.get(router, path).answersOn(blocking, this::show);
    Operation.post(router, path).reads(MAX_FORM).answersOn(blocking, this::act);
  }

  private Reply show(Request request) {
    Optional<Action> action = links.read(request.path("token"));
    Optional<Incident> incident = action.flatMap(it -> incidents.find(it.incident()));
    if (action.isEmpty() || incident.isEmpty()) {
      return page(request, 404, ActionView.unknown());
    }
    if (expired(action.get())) {
      return page(request, 410, ActionView.expired());
    }
    ActionView view =
        incident.get().open()
            ? ActionView.confirm(
                action.get(), incident.get(), presser(action.get(), incident.get()).name())
            : ActionView.over(incident.get());
    return page(request, 200, view);
  }

  private Reply act(Request request) {
    Optional<Action> action = links.read(request.path("token"));
    Optional<Incident> incident = action.flatMap(it -> incidents.find(it.incident()));
    if (action.isEmpty() || incident.isEmpty()) {
      return page(request, 404, ActionView.unknown());
    }
    if (expired(action.get())) {
      return page(request, 410, ActionView.expired());
    }
    IncidentCommand command =
        switch (action.get().verb()) {
          case ACKNOWLEDGE -> new IncidentCommand.Acknowledge();
          case RESOLVE -> new IncidentCommand.Resolve("by a link in a message");
        };
    Actor actor = presser(action.get(), incident.get());
    boolean again =
        ActionView.acknowledges(action.get())
            && incident.get().acknowledgedBy().equals(Optional.of(actor.name()));
    Answer answer =
        commands
            .submit(Optional.of(action.get().incident()), command, actor)
            .toCompletableFuture()
            .join();
    return switch (answer) {
      case Answer.Done done when again -> page(request, 200, ActionView.again(done.incident()));
      case Answer.Done done -> page(request, 200, ActionView.done(action.get(), done.incident()));
      case Answer.Conflict it when !incident.get().open() ->
          page(request, 409, ActionView.over(incident.get()));
      case Answer.Conflict it ->
          page(request, 409, ActionView.refused(incident.get(), it.reason()));
      case Answer.NotFound it -> page(request, 404, ActionView.unknown());
      case Answer.Invalid it ->
          page(request, 422, ActionView.refused(incident.get(), it.field() + " is wrong"));
      case Answer.Unavailable it -> page(request, 503, ActionView.away(it.reason()));
    };
  }

  /** The person who was called by that receiver; the receiver where it called several, or none. */
  private static Actor presser(Action action, Incident incident) {
    List<String> called =
        incident.paging().pages().stream()
            .filter(page -> page.receiver().equals(action.receiver()))
            .map(Page::person)
            .distinct()
            .toList();
    boolean one = called.size() == 1 && !called.getFirst().isEmpty();
    return Actor.person((one ? called.getFirst() : action.receiver()) + " (link)");
  }

  private boolean expired(Action action) {
    return !clock.instant().isBefore(action.expires());
  }

  private Reply page(Request request, int status, ActionView view) {
    var frame =
        new Frame(
            view.heading() + " - Tocsin",
            "/",
            ThemeSwitch.of(request.context()),
            assets,
            clock.instant());
    String html = Templates.render("console/act.jte", Map.of("frame", frame, "view", view));
    return Reply.of(status, RenderedPage.HTML, Buffer.buffer(html))
        .with("Cache-Control", "no-store");
  }
}
