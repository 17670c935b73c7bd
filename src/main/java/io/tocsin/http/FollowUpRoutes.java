package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.Evidence;
import io.tocsin.postmortem.FollowUpStore;
import io.tocsin.postmortem.Postmortem;
import io.tocsin.postmortem.Postmortems;
import io.tocsin.postmortem.ReplayTest;
import io.tocsin.postmortem.Review;
import io.tocsin.postmortem.ReviewDesk;
import io.tocsin.postmortem.Story;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What follows from a post-mortem: its review, action items and their export, the test that replays
 * the incident; and the search in all post-mortems.
 */
public final class FollowUpRoutes implements Routes {

  private static final String POSTMORTEM = "/api/v1/incidents/:id/postmortem";
  private static final String ACTIONS = "/api/v1/incidents/:id/actions";
  private static final String ACTION = "/api/v1/actions/:id";
  private static final long MAX_BODY = 64 * 1024;
  private static final int MOST = 500;
  private static final int SNIPPET = 300;

  private final Postmortems postmortems;
  private final ReviewDesk reviews;
  private final FollowUpStore store;
  private final IncidentStore incidents;
  private final Function<IncidentId, Optional<Evidence>> evidence;
  private final ActionExport export;
  private final Blocking blocking;
  private final InstantSource clock;

  public FollowUpRoutes(
      Postmortems postmortems,
      ReviewDesk reviews,
      IncidentStore incidents,
      Function<IncidentId, Optional<Evidence>> evidence,
      ActionExport export,
      Blocking blocking,
      InstantSource clock) {
    this.postmortems = postmortems;
    this.reviews = reviews;
    this.store = reviews.store();
    this.incidents = incidents;
    this.evidence = evidence;
    this.export = export;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record ReviewJson(
      String state,
      Optional<String> by,
      Optional<Instant> at,
      Optional<String> publicSummary,
      Optional<Instant> dueAt,
      boolean overdue) {}

  private record ReviewEdit(String state, Optional<String> publicSummary) {}

  private record ActionJson(
      String id,
      String incident,
      String text,
      String kind,
      Optional<String> owner,
      Optional<LocalDate> dueOn,
      String state,
      boolean overdue,
      Optional<String> issue,
      String author,
      Instant createdAt) {
    static ActionJson of(ActionItem it, LocalDate today) {
      return new ActionJson(
          it.id(),
          it.incident().value(),
          it.text(),
          IncidentJson.word(it.kind()),
          it.owner(),
          it.dueOn(),
          IncidentJson.word(it.state()),
          it.overdue(today),
          it.issue(),
          it.author(),
          it.createdAt());
    }
  }

  private record ActionEdit(
      Optional<String> text,
      Optional<String> kind,
      Optional<String> owner,
      Optional<LocalDate> dueOn,
      Optional<String> state) {}

  private record ExportTo(String receiver) {}

  private record FoundJson(
      String incident,
      long number,
      String title,
      int version,
      String author,
      Instant at,
      String state,
      Optional<String> owner,
      Optional<Instant> dueAt,
      boolean overdue,
      int openActions,
      String snippet) {
    static FoundJson of(Postmortem it, Story story, Instant now) {
      String text = it.markdown().replaceAll("\\s+", " ").strip();
      return new FoundJson(
          it.incident().value(),
          story.incident().number(),
          story.incident().title(),
          it.version(),
          it.author(),
          it.at(),
          IncidentJson.word(story.state()),
          story.owner(),
          story.dueAt(),
          story.overdue(now),
          story.open().size(),
          text.length() > SNIPPET ? text.substring(0, SNIPPET) : text);
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, "/api/v1/postmortems")
        .needs(Scope.READ)
        .answersOn(blocking, this::search);
    Operation.get(router, POSTMORTEM + "/review")
        .needs(Scope.READ)
        .answersOn(blocking, this::review);
    Operation.on(router, HttpMethod.PUT, POSTMORTEM + "/review")
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::setReview);
    Operation.get(router, POSTMORTEM + "/rules-test.yaml")
        .needs(Scope.READ)
        .answersOn(blocking, this::rulesTest);
    Operation.get(router, "/api/v1/actions").needs(Scope.READ).answersOn(blocking, this::open);
    Operation.get(router, ACTIONS)
        .needs(Scope.READ)
        .answersOn(blocking, request -> actions(store.actions(incident(request))));
    Operation.post(router, ACTIONS)
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::add);
    Operation.on(router, HttpMethod.PATCH, ACTION)
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::edit);
    Operation.post(router, ACTION + "/export")
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::exportTo);
  }

  private Reply search(Request request) {
    int limit = request.integer("limit", 50, 1, MOST);
    List<Postmortem> found = postmortems.search(request.query("q").orElse(""), limit);
    List<Incident> known =
        found.stream().flatMap(it -> incidents.find(it.incident()).stream()).toList();
    Map<IncidentId, Story> stories =
        reviews.stories(known).stream()
            .collect(Collectors.toMap(story -> story.incident().id(), story -> story));
    List<FoundJson> all =
        found.stream()
            .flatMap(
                it ->
                    Optional.ofNullable(stories.get(it.incident())).stream()
                        .map(story -> FoundJson.of(it, story, clock.instant())))
            .toList();
    return Reply.json(Map.of("postmortems", all));
  }

  private IncidentId incident(Request request) {
    return found(request).id();
  }

  private Evidence evidence(Request request) {
    IncidentId id = request.incident();
    return evidence
        .apply(id)
        .orElseThrow(() -> ProblemException.notFound("there is no incident " + id));
  }

  private Incident found(Request request) {
    IncidentId id = request.incident();
    return incidents
        .find(id)
        .orElseThrow(() -> ProblemException.notFound("there is no incident " + id));
  }

  private Reply review(Request request) {
    return Reply.json(reviewJson(reviews.story(found(request))));
  }

  private ReviewJson reviewJson(Story story) {
    return new ReviewJson(
        IncidentJson.word(story.state()),
        story.review().map(Review::by),
        story.review().map(Review::at),
        story.review().flatMap(Review::publicSummary),
        story.dueAt(),
        story.overdue(clock.instant()));
  }

  private Reply setReview(Request request) {
    ReviewEdit edit = request.json(ReviewEdit.class);
    Review.State state = Request.choice("state", edit.state, Review.State.class);
    Incident incident = found(request);
    String by = request.principal().name();
    try {
      reviews.move(incident.id(), state, edit.publicSummary, by, clock.instant());
    } catch (ReviewDesk.Refused refused) {
      throw ProblemException.conflict(String.valueOf(refused.getMessage()));
    } catch (IllegalArgumentException wrong) {
      throw ProblemException.badRequest(String.valueOf(wrong.getMessage()));
    }
    return Reply.json(reviewJson(reviews.story(incident)));
  }

  private Reply rulesTest(Request request) {
    String test =
        ReplayTest.of(evidence(request))
            .orElseThrow(
                () -> ProblemException.notFound("no series of this incident is kept any more"));
    return Reply.of(200, "application/yaml", Buffer.buffer(test));
  }

  private Reply open(Request request) {
    return actions(store.openActions(request.integer("limit", 100, 1, MOST)));
  }

  private Reply actions(List<ActionItem> items) {
    return Reply.json(
        Map.of("actions", items.stream().map(it -> ActionJson.of(it, today())).toList()));
  }

  private Reply add(Request request) {
    ActionEdit edit = request.json(ActionEdit.class);
    String text = edit.text.filter(words -> !words.isBlank()).orElseThrow(FollowUpRoutes::noText);
    ActionItem item =
        reviews.add(
            incident(request),
            text,
            kind(edit).orElse(ActionItem.Kind.OTHER),
            edit.owner,
            edit.dueOn,
            state(edit).orElse(ActionItem.State.OPEN),
            request.principal().name(),
            clock.instant());
    return Reply.created("/api/v1/actions/" + item.id(), ActionJson.of(item, today()));
  }

  private Reply edit(Request request) {
    ActionEdit edit = request.json(ActionEdit.class);
    ActionItem old = action(request);
    if (edit.text.filter(String::isBlank).isPresent()) {
      throw noText();
    }
    var item =
        new ActionItem(
            old.id(),
            old.incident(),
            edit.text.orElse(old.text()),
            kind(edit).orElse(old.kind()),
            edit.owner.or(old::owner),
            edit.dueOn.or(old::dueOn),
            state(edit).orElse(old.state()),
            old.issue(),
            old.author(),
            old.createdAt());
    store.save(item);
    return Reply.json(ActionJson.of(item, today()));
  }

  private Reply exportTo(Request request) {
    ExportTo to = request.json(ExportTo.class);
    try {
      return Reply.json(ActionJson.of(export.export(action(request), to.receiver), today()));
    } catch (IllegalArgumentException refused) {
      throw Request.wrong("receiver", to.receiver, String.valueOf(refused.getMessage()));
    }
  }

  private ActionItem action(Request request) {
    String id = request.path("id");
    return store
        .action(id)
        .orElseThrow(() -> ProblemException.notFound("there is no action item " + id));
  }

  private static Optional<ActionItem.Kind> kind(ActionEdit edit) {
    return edit.kind.map(word -> Request.choice("kind", word, ActionItem.Kind.class));
  }

  private static Optional<ActionItem.State> state(ActionEdit edit) {
    return edit.state.map(word -> Request.choice("state", word, ActionItem.State.class));
  }

  private static ProblemException noText() {
    return Request.wrong("text", "", "what is to be done");
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
