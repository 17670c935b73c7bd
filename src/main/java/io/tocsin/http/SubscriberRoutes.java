package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.statuspage.Language;
import io.tocsin.statuspage.Subscriber;
import io.tocsin.statuspage.SubscriberDesk;
import io.tocsin.statuspage.SubscriberDirectory.Filter;
import io.tocsin.statuspage.SubscriberDirectory.Last;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Subscribers of the status page. Who may read sees that they are there; whole addresses, and any
 * change, are for those who administer.
 */
public final class SubscriberRoutes implements Routes {

  private static final String PATH = "/api/v1/subscribers";
  private static final String ONE = PATH + "/:id";
  private static final long MAX_BODY = 16 * 1024;
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 500;
  private static final int MOST_PAGES = 10_000;

  private final SubscriberDesk desk;
  private final Blocking blocking;
  private final InstantSource clock;

  public SubscriberRoutes(SubscriberDesk desk, Blocking blocking, InstantSource clock) {
    this.desk = desk;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Wanted(
      Optional<String> kind,
      String email,
      Optional<String> url,
      Optional<List<String>> components,
      Optional<String> language,
      Optional<Boolean> confirmed) {}

  private record LastJson(Instant at, String result, int attempts, String detail) {
    static LastJson of(Last last) {
      String result = last.result().name().toLowerCase(Locale.ROOT);
      return new LastJson(last.at(), result, last.attempts(), last.detail());
    }
  }

  private record SubscriberJson(
      String id,
      String kind,
      String target,
      String email,
      List<String> components,
      String language,
      String state,
      Instant createdAt,
      Optional<Instant> confirmedAt,
      Optional<Instant> failingSince,
      Optional<Instant> disabledAt,
      Optional<LastJson> lastDelivery) {}

  private record Page(
      List<SubscriberJson> subscribers, int total, int page, Map<String, Integer> counts) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::list);
    Operation.get(router, ONE)
        .needs(Scope.READ)
        .answersOn(blocking, request -> Reply.json(json(request, find(request))));
    Operation.post(router, PATH)
        .needs(Scope.ADMIN)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::add);
    Operation.post(router, ONE + "/confirm").needs(Scope.ADMIN).answersOn(blocking, this::confirm);
    Operation.on(router, HttpMethod.DELETE, ONE)
        .needs(Scope.ADMIN)
        .answersOn(blocking, this::remove);
  }

  /**
   * What a query asks for: {@code kind, state, q}, and which page. Only those who see whole
   * addresses may search in them, or the search would tell them.
   */
  public static Filter filter(Request request, int size, int page) {
    Optional<String> text = request.query("q");
    if (text.isPresent() && !request.principal().may(Scope.ADMIN)) {
      throw ProblemException.of(
          403, "to search addresses needs the scope admin, which you do not have");
    }
    return new Filter(
        request.query("kind").map(it -> Request.choice("kind", it, Subscriber.Kind.class)),
        request.query("state").map(it -> Request.choice("state", it, Subscriber.State.class)),
        text.orElse(""),
        size,
        (page - 1) * size);
  }

  private Reply list(Request request) {
    int page = request.integer("page", 1, 1, MOST_PAGES);
    Filter filter = filter(request, request.integer("limit", PAGE, 1, MAX_PAGE), page);
    List<SubscriberJson> found =
        desk.directory().list(filter).stream()
            .map(it -> json(request, it.subscriber(), it.last()))
            .toList();
    return Reply.json(
        new Page(found, desk.directory().count(filter), page, desk.directory().counts()));
  }

  private Reply add(Request request) {
    Wanted wanted = request.json(Wanted.class);
    var wish =
        new SubscriberDesk.Wish(
            wanted
                .kind
                .map(it -> Request.choice("kind", it, Subscriber.Kind.class))
                .orElse(Subscriber.Kind.EMAIL),
            wanted.email,
            wanted.url.orElse(""),
            wanted.components.orElse(List.of()),
            wanted.language.map(SubscriberRoutes::language),
            wanted.confirmed.orElse(false));
    try {
      Subscriber added = desk.add(wish, clock.instant());
      return Reply.created(PATH + "/" + added.id(), json(request, added));
    } catch (SubscriberDesk.Wrong wrong) {
      throw Request.wrong(wrong.field(), wrong.found(), wrong.expected());
    }
  }

  private static Language language(String label) {
    return Language.parse(label)
        .orElseThrow(() -> Request.wrong("language", label, "en, de, fr, es or hi"));
  }

  private Reply confirm(Request request) {
    desk.directory().confirm(find(request).id(), clock.instant());
    return Reply.json(json(request, find(request)));
  }

  private Reply remove(Request request) {
    desk.directory().remove(find(request).id());
    return Reply.empty(204);
  }

  private Subscriber find(Request request) {
    String id = request.path("id");
    return desk.directory()
        .find(id)
        .orElseThrow(() -> ProblemException.notFound("there is no subscriber " + id));
  }

  private static SubscriberJson json(Request request, Subscriber subscriber) {
    return json(request, subscriber, Optional.empty());
  }

  private static SubscriberJson json(Request request, Subscriber it, Optional<Last> last) {
    boolean whole = request.principal().may(Scope.ADMIN);
    return new SubscriberJson(
        it.id(),
        it.kind().label(),
        whole ? it.target() : it.masked(),
        whole ? it.email() : Subscriber.masked(it.email()),
        it.components(),
        it.language().label(),
        it.state().label(),
        it.createdAt(),
        it.confirmedAt(),
        it.failingSince(),
        it.disabledAt(),
        last.map(LastJson::of));
  }
}
