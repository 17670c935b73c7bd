package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.tocsin.access.Principal;
import io.tocsin.access.Scope;
import io.tocsin.alert.AlertView;
import io.tocsin.explain.Episode;
import io.tocsin.explain.EpisodeStore;
import io.tocsin.explain.SilencePreview;
import io.tocsin.label.Matcher;
import io.tocsin.silence.MatcherSyntax;
import io.tocsin.silence.Recurrence;
import io.tocsin.silence.Silence;
import io.tocsin.silence.SilenceBook;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Silences: which there are, what one would hide, setting, approving and ending them. */
public final class SilenceRoutes implements Routes {

  private static final String PATH = "/api/v1/silences";
  private static final long MAX_BODY = 64 * 1024;
  private static final Duration LOOK_BACK = Duration.ofDays(30);
  private static final int MOST_EPISODES = 20_000;
  private static final int SHOWN = 200;

  private final SilenceBook book;
  private final EpisodeStore episodes;
  private final AlertView alerts;
  private final Blocking blocking;
  private final InstantSource clock;

  public SilenceRoutes(
      SilenceBook book,
      EpisodeStore episodes,
      AlertView alerts,
      Blocking blocking,
      InstantSource clock) {
    this.book = book;
    this.episodes = episodes;
    this.alerts = alerts;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Wish(
      Optional<String> id,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> matchers,
      Optional<Instant> startsAt,
      Instant endsAt,
      Optional<String> author,
      String comment,
      Optional<String> rrule,
      Optional<String> zone) {}

  private record SilenceJson(
      String id,
      String state,
      List<String> matchers,
      Instant startsAt,
      Instant endsAt,
      String author,
      String setBy,
      String comment,
      Instant updatedAt,
      Optional<String> rrule,
      Optional<String> zone,
      Optional<Instant> nextAt,
      Optional<String> approvedBy,
      Optional<Instant> approvedAt,
      Optional<Boolean> approvalProven) {
    static SilenceJson of(Silence it, Instant now) {
      return new SilenceJson(
          it.id(),
          IncidentJson.word(it.state(now)),
          it.matchers().stream().map(Object::toString).toList(),
          it.startsAt(),
          it.endsAt(),
          it.author(),
          it.setBy(),
          it.comment(),
          it.updatedAt(),
          it.recurrence().map(Recurrence::rule),
          it.recurrence().map(Recurrence::zone),
          it.recurrence().flatMap(recurrence -> it.next(now)),
          it.approval().map(Silence.Approval::by),
          it.approval().map(Silence.Approval::at),
          it.approval().map(approval -> !approval.unproven()));
    }
  }

  private record PastJson(
      String fingerprint,
      String name,
      String severity,
      Map<String, String> labels,
      Instant activeSince,
      Optional<Instant> endedAt,
      List<String> incidents) {
    static PastJson of(Episode it) {
      return new PastJson(
          it.key().fingerprint(),
          it.spec().alertName(),
          it.severity().label(),
          it.labels().toMap(),
          it.activeSince(),
          it.endedAt(),
          it.incidents().stream().map(Object::toString).toList());
    }
  }

  private record PreviewJson(
      List<AlertJson> live,
      int liveCount,
      List<PastJson> past,
      int pastCount,
      boolean hidesCritical,
      boolean needsApproval) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::list);
    Operation.get(router, PATH + "/:id").needs(Scope.READ).answersOn(blocking, this::show);
    Operation.post(router, PATH)
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::set);
    Operation.post(router, PATH + "/preview")
        .needs(Scope.READ)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::preview);
    Operation.post(router, PATH + "/:id/approve")
        .needs(Scope.RESPOND)
        .mayRead(MAX_BODY, "application/json")
        .answersOn(blocking, this::approve);
    Operation.on(router, HttpMethod.DELETE, PATH + "/:id")
        .needs(Scope.RESPOND)
        .answersOn(blocking, this::expire);
  }

  private Reply list(Request request) {
    Instant now = clock.instant();
    List<Silence.State> states = request.choices("state", Silence.State.class);
    return Reply.json(
        Map.of(
            "silences",
            book.all(now).stream()
                .filter(it -> states.isEmpty() || states.contains(it.state(now)))
                .map(it -> SilenceJson.of(it, now))
                .toList()));
  }

  private Reply show(Request request) {
    String id = request.path("id");
    return book.find(id)
        .map(it -> Reply.json(SilenceJson.of(it, clock.instant())))
        .orElseThrow(() -> ProblemException.notFound("there is no silence " + id));
  }

  private Reply set(Request request) {
    Wish wish = request.json(Wish.class);
    Instant now = clock.instant();
    String principal = request.principal().name();
    try {
      Silence silence = done(book.set(draft(wish, principal, now), principal, now));
      return Reply.created(PATH + "/" + silence.id(), SilenceJson.of(silence, now));
    } catch (IllegalArgumentException wrong) {
      throw ProblemException.badRequest(String.valueOf(wrong.getMessage()));
    }
  }

  private static SilenceBook.Draft draft(Wish wish, String principal, Instant now) {
    if (wish.comment.isBlank()) {
      throw Request.wrong("comment", wish.comment, "some words why");
    }
    return new SilenceBook.Draft(
        wish.id,
        matchers(wish.matchers),
        wish.startsAt.orElse(now),
        wish.endsAt,
        wish.author.filter(name -> !name.isBlank()).orElse(principal),
        wish.comment,
        wish.rrule.map(rule -> Recurrence.of(rule, wish.zone.orElse("UTC"))));
  }

  /** All of them must match, whether they come as one text or as several. */
  private static List<Matcher> matchers(List<String> texts) {
    var matchers = new ArrayList<Matcher>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      if (text == null) {
        throw ProblemException.badRequest(
            "matchers[" + i + "]: found nothing, expected a matcher such as team=\"web\"");
      }
      matchers.addAll(MatcherSyntax.parse(text));
    }
    return List.copyOf(matchers);
  }

  private Reply preview(Request request) {
    Wish wish = request.json(Wish.class);
    Instant now = clock.instant();
    String principal = request.principal().name();
    SilencePreview preview;
    try {
      Silence silence = book.preview(draft(wish, principal, now), principal, now);
      preview =
          SilencePreview.of(
              silence, alerts.firing(), episodes.since(now.minus(LOOK_BACK), MOST_EPISODES));
      return Reply.json(
          new PreviewJson(
              preview.live().stream().limit(SHOWN).map(AlertJson::of).toList(),
              preview.live().size(),
              preview.past().stream().limit(SHOWN).map(PastJson::of).toList(),
              preview.past().size(),
              preview.critical(),
              preview.critical() && silence.approval().isEmpty()));
    } catch (IllegalArgumentException wrong) {
      throw ProblemException.badRequest(String.valueOf(wrong.getMessage()));
    }
  }

  private record Second(Optional<String> approver) {}

  /** Where access is open the second person is only named; a token proves more than a name. */
  private Reply approve(Request request) {
    Instant now = clock.instant();
    String id = request.path("id");
    Principal by = request.principal();
    Optional<String> named =
        request.body().length() == 0
            ? Optional.empty()
            : request.json(Second.class).approver.filter(name -> !name.isBlank());
    boolean open = by.equals(Principal.LOCAL);
    if (open && named.isEmpty()) {
      throw Request.wrong(
          "approver",
          "",
          "the second person's name: access is open, so nobody is known by a token");
    }
    if (!open && named.isPresent()) {
      throw Request.wrong("approver", named.get(), "none: the token says who approves");
    }
    Silence silence =
        done(
            open
                ? book.approveByName(id, named.get(), by.name(), now)
                : book.approve(id, by.name(), now));
    return Reply.json(SilenceJson.of(silence, now));
  }

  private Reply expire(Request request) {
    done(book.expire(request.path("id"), clock.instant()));
    return Reply.empty(204);
  }

  private static Silence done(SilenceBook.Outcome outcome) {
    return switch (outcome) {
      case SilenceBook.Outcome.Done done -> done.silence();
      case SilenceBook.Outcome.NotFound missing ->
          throw ProblemException.notFound("there is no silence " + missing.id());
      case SilenceBook.Outcome.Refused refused -> throw ProblemException.conflict(refused.reason());
    };
  }
}
