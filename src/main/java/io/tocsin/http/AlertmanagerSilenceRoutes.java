package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tocsin.access.Scope;
import io.tocsin.http.AlertmanagerJson.GettableSilence;
import io.tocsin.http.AlertmanagerJson.MatcherJson;
import io.tocsin.http.AlertmanagerJson.PostableSilence;
import io.tocsin.label.Matcher;
import io.tocsin.silence.Silence;
import io.tocsin.silence.SilenceBook;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Alertmanager's {@code silences}: for amtool and Grafana. */
public final class AlertmanagerSilenceRoutes implements Routes {

  private static final String BASE = "/alertmanager/api/v2";
  private static final long MAX_BODY = 256 * 1024;
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");

  private final SilenceBook book;
  private final Blocking blocking;
  private final InstantSource clock;

  public AlertmanagerSilenceRoutes(SilenceBook book, Blocking blocking, InstantSource clock) {
    this.book = book;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Set(@JsonProperty("silenceID") String silenceId) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, BASE + "/silences").needs(Scope.READ).answersOn(blocking, this::list);
    Operation.post(router, BASE + "/silences")
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::set);
    Operation.get(router, BASE + "/silence/:id").needs(Scope.READ).answersOn(blocking, this::show);
    Operation.on(router, HttpMethod.DELETE, BASE + "/silence/:id")
        .needs(Scope.RESPOND)
        .answersOn(blocking, this::expire);
  }

  /** Those that hold first, the sooner they end the earlier; then those to come; then the ended. */
  private Reply list(Request request) {
    Instant now = clock.instant();
    List<Matcher> filter = AlertmanagerAlertRoutes.matchers(request);
    return Reply.json(
        book.all(now).stream()
            .filter(silence -> meets(silence, filter))
            .sorted(
                Comparator.comparing((Silence silence) -> order(silence.state(now)))
                    .thenComparing(silence -> silence.endsNext(now)))
            .map(silence -> GettableSilence.of(silence, now))
            .toList());
  }

  private static int order(Silence.State state) {
    return switch (state) {
      case ACTIVE -> 0;
      case PENDING -> 1;
      case EXPIRED -> 2;
    };
  }

  /** A filter looks at what the silence's own conditions say, as there. */
  private static boolean meets(Silence silence, List<Matcher> filter) {
    return filter.stream()
        .allMatch(
            wanted ->
                wanted.matches(
                    silence.matchers().stream()
                        .filter(mine -> mine.name().equals(wanted.name()))
                        .map(Matcher::value)
                        .findFirst()
                        .orElse("")));
  }

  private Reply show(Request request) {
    String id = id(request);
    Instant now = clock.instant();
    return book.find(id)
        .map(silence -> Reply.json(GettableSilence.of(silence, now)))
        .orElseThrow(() -> ProblemException.notFound("silence " + id + " not found"));
  }

  private static String id(Request request) {
    String id = request.path("id");
    if (!UUID.matcher(id).matches()) {
      throw ProblemException.of(422, "silenceID in path must be of type uuid: \"" + id + "\"");
    }
    return id;
  }

  private Reply set(Request request) {
    PostableSilence wish = request.json(PostableSilence.class);
    Instant now = clock.instant();
    try {
      var draft =
          new SilenceBook.Draft(
              wish.id().filter(id -> !id.isBlank()),
              required("matchers", wish.matchers()).stream().map(MatcherJson::matcher).toList(),
              required("startsAt", wish.startsAt()),
              required("endsAt", wish.endsAt()),
              required("createdBy", wish.createdBy()),
              required("comment", wish.comment()),
              Optional.empty());
      return switch (book.set(draft, request.principal().name(), now)) {
        case SilenceBook.Outcome.Done done -> Reply.json(new Set(done.silence().id()));
        case SilenceBook.Outcome.NotFound missing ->
            throw ProblemException.notFound("silence " + missing.id() + " not found");
        case SilenceBook.Outcome.Refused refused ->
            throw ProblemException.badRequest(refused.reason());
      };
    } catch (IllegalArgumentException wrong) {
      throw ProblemException.badRequest("invalid silence: " + wrong.getMessage());
    }
  }

  private static <T> T required(String field, Optional<T> value) {
    return value.orElseThrow(() -> ProblemException.of(422, field + " in body is required"));
  }

  private Reply expire(Request request) {
    return switch (book.expire(id(request), clock.instant())) {
      case SilenceBook.Outcome.Done done -> Reply.empty(200);
      case SilenceBook.Outcome.NotFound missing ->
          throw ProblemException.notFound("silence " + missing.id() + " not found");
      case SilenceBook.Outcome.Refused refused -> throw ProblemException.conflict(refused.reason());
    };
  }
}
