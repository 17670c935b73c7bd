package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ChangeEventStore;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Deploys and other changes: which there were, and a new one. */
public final class ChangeRoutes implements Routes {

  private static final String PATH = "/api/v1/changes";
  private static final long MAX_BODY = 64 * 1024;
  private static final Duration USUAL = Duration.ofDays(1);

  private final ChangeEventStore store;
  private final Supplier<String> ids;
  private final Blocking blocking;
  private final InstantSource clock;

  /**
   * @param ids a fresh id at each call
   */
  public ChangeRoutes(
      ChangeEventStore store, Supplier<String> ids, Blocking blocking, InstantSource clock) {
    this.store = store;
    this.ids = ids;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Wish(
      String summary,
      Optional<Instant> at,
      Optional<List<String>> components,
      Optional<Map<String, String>> details,
      Optional<List<LinkJson>> links) {}

  private record LinkJson(String href, Optional<String> text) {}

  record ChangeJson(
      String id,
      Instant at,
      String source,
      String summary,
      List<String> components,
      Map<String, String> details,
      List<ChangeEvent.Link> links) {
    static ChangeJson of(ChangeEvent it) {
      return new ChangeJson(
          it.id(), it.at(), it.source(), it.summary(), it.components(), it.details(), it.links());
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::list);
    Operation.post(router, PATH)
        .needs(Scope.INGEST)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::add);
  }

  private Reply list(Request request) {
    Instant now = clock.instant();
    Instant to = request.instant("to").orElse(now);
    Instant from = request.instant("from").orElse(to.minus(USUAL));
    int limit = request.integer("limit", 100, 1, 500);
    return Reply.json(
        Map.of("changes", store.between(from, to, limit).stream().map(ChangeJson::of).toList()));
  }

  private Reply add(Request request) {
    Wish wish = request.json(Wish.class);
    if (wish.summary.isBlank()) {
      throw Request.wrong("summary", wish.summary, "a line for people");
    }
    List<ChangeEvent.Link> links =
        wish.links.orElse(List.of()).stream()
            .map(link -> new ChangeEvent.Link(link.href, link.text.orElse(link.href)))
            .toList();
    var change =
        new ChangeEvent(
            "c" + ids.get(),
            wish.at.orElseGet(clock::instant),
            request.principal().name(),
            wish.summary,
            wish.components.orElse(List.of()),
            wish.details.orElse(Map.of()),
            links);
    store.save(change);
    return Reply.created(PATH, ChangeJson.of(change));
  }
}
