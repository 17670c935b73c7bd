package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tocsin.access.Scope;
import io.tocsin.incident.Actor;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentCommands;
import io.tocsin.incident.IncidentCommands.Answer;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.Phase;
import io.tocsin.incident.UpdateDrafts;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Words for everybody: drafts by phase, and one post that goes to the status page, whose
 * subscribers hear of it by the same event, and to the stakeholders.
 */
public final class UpdateRoutes implements Routes {

  private static final String PATH = "/api/v1/incidents/:id";
  private static final long MAX_BODY = 64 * 1024;

  private final IncidentStore store;
  private final IncidentCommands commands;
  private final Blocking blocking;

  public UpdateRoutes(IncidentStore store, IncidentCommands commands, Blocking blocking) {
    this.store = store;
    this.commands = commands;
    this.blocking = blocking;
  }

  private record DraftJson(String phase, String text, List<String> rules) {}

  private record Post(
      String phase, String text, @JsonProperty("confirmed") Optional<Boolean> confirmed) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH + "/drafts").needs(Scope.READ).answersOn(blocking, this::drafts);
    Operation.post(router, PATH + "/broadcast")
        .needs(Scope.COMMUNICATE)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::broadcast);
  }

  private Reply drafts(Request request) {
    IncidentId id = request.incident();
    Incident incident =
        store.find(id).orElseThrow(() -> ProblemException.notFound("there is no incident " + id));
    List<DraftJson> drafts =
        UpdateDrafts.of(incident).stream()
            .map(
                draft ->
                    new DraftJson(IncidentJson.word(draft.phase()), draft.text(), draft.rules()))
            .toList();
    return Reply.json(Map.of("drafts", drafts));
  }

  private Reply broadcast(Request request) {
    Post post = request.json(Post.class);
    Phase phase = Request.choice("phase", post.phase, Phase.class);
    List<String> warnings = UpdateDrafts.warnings(phase, post.text);
    if (!warnings.isEmpty() && !post.confirmed.orElse(false)) {
      throw ProblemException.of(
          422, "text: " + String.join(" ", warnings) + " Send it with confirmed: true to post it.");
    }
    Optional<IncidentId> id = Optional.of(request.incident());
    Actor actor = Actor.person(request.principal().name());
    done(submit(id, new IncidentCommand.PostUpdate(phase, true, post.text), actor));
    Incident after = done(submit(id, new IncidentCommand.InformStakeholders(post.text), actor));
    return Reply.json(IncidentJson.of(after));
  }

  private Answer submit(Optional<IncidentId> id, IncidentCommand command, Actor actor) {
    return commands.submit(id, command, actor).toCompletableFuture().join();
  }

  private static Incident done(Answer answer) {
    return switch (answer) {
      case Answer.Done done -> done.incident();
      case Answer.NotFound missing ->
          throw ProblemException.notFound("there is no incident " + missing.id());
      case Answer.Conflict conflict -> throw ProblemException.conflict(conflict.reason());
      case Answer.Invalid wrong ->
          throw ProblemException.of(
              422,
              wrong.field() + ": found \"" + wrong.found() + "\", expected " + wrong.expected());
      case Answer.Unavailable away ->
          throw ProblemException.unavailable(away.reason(), Duration.ofSeconds(1));
    };
  }
}
