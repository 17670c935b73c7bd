package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.incident.IncidentId;
import io.tocsin.postmortem.Chart;
import io.tocsin.postmortem.Evidence;
import io.tocsin.postmortem.Postmortem;
import io.tocsin.postmortem.Postmortems;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The post-mortem of an incident: read, edited, drafted anew, downloaded. */
public final class PostmortemRoutes implements Routes {

  private static final String PATH = "/api/v1/incidents/:id/postmortem";
  private static final long MAX_BODY = 1024 * 1024;

  private final Postmortems postmortems;
  private final Function<IncidentId, Optional<Evidence>> evidence;
  private final Function<Postmortem, String> document;
  private final Blocking blocking;
  private final InstantSource clock;

  /**
   * @param evidence gathers all that is known of an incident, empty for an unknown one; may block
   * @param document a version as a page of HTML that needs no other file; may block
   */
  public PostmortemRoutes(
      Postmortems postmortems,
      Function<IncidentId, Optional<Evidence>> evidence,
      Function<Postmortem, String> document,
      Blocking blocking,
      InstantSource clock) {
    this.postmortems = postmortems;
    this.evidence = evidence;
    this.document = document;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Edit(int basedOn, String markdown) {}

  private record PostmortemJson(
      String incident,
      int version,
      String origin,
      String author,
      Instant at,
      String markdown,
      List<Chart> charts) {
    static PostmortemJson of(Postmortem it) {
      return new PostmortemJson(
          it.incident().value(),
          it.version(),
          IncidentJson.word(it.origin()),
          it.author(),
          it.at(),
          it.markdown(),
          it.charts());
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH)
        .needs(Scope.READ)
        .answersOn(blocking, request -> Reply.json(PostmortemJson.of(latest(request))));
    Operation.get(router, PATH + ".md").needs(Scope.READ).answersOn(blocking, this::markdown);
    Operation.get(router, PATH + ".html").needs(Scope.READ).answersOn(blocking, this::html);
    Operation.on(router, HttpMethod.PUT, PATH)
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::edit);
    Operation.post(router, PATH + "/regenerate")
        .needs(Scope.RESPOND)
        .answersOn(blocking, this::regenerate);
  }

  private Postmortem latest(Request request) {
    IncidentId id = request.incident();
    return postmortems
        .latest(id)
        .orElseThrow(() -> ProblemException.notFound("incident " + id + " has no post-mortem"));
  }

  private Reply markdown(Request request) {
    Postmortem it = latest(request);
    return file(it, "text/markdown", ".md", it.selfContained());
  }

  private Reply html(Request request) {
    Postmortem it = latest(request);
    return file(it, "text/html", ".html", document.apply(it));
  }

  private static Reply file(Postmortem it, String type, String ending, String text) {
    String name = "postmortem-" + it.incident() + ending;
    return Reply.of(200, type + "; charset=utf-8", Buffer.buffer(text))
        .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private Reply edit(Request request) {
    Edit edit = request.json(Edit.class);
    Instant now = clock.instant();
    try {
      return Reply.json(
          PostmortemJson.of(
              postmortems.edit(
                  evidence(request).incident().id(),
                  edit.basedOn,
                  request.principal().name(),
                  edit.markdown,
                  now)));
    } catch (Postmortems.Outdated e) {
      throw ProblemException.conflict(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private Reply regenerate(Request request) {
    return Reply.json(PostmortemJson.of(postmortems.draft(evidence(request), clock.instant())));
  }

  private Evidence evidence(Request request) {
    IncidentId id = request.incident();
    return evidence
        .apply(id)
        .orElseThrow(() -> ProblemException.notFound("there is no incident " + id));
  }
}
