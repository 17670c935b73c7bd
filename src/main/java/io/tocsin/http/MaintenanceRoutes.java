package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceBook;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Planned maintenance: what is to come or under way, a new one, and calling one off. */
public final class MaintenanceRoutes implements Routes {

  private static final String PATH = "/api/v1/maintenance";
  private static final long MAX_BODY = 64 * 1024;

  private final MaintenanceBook book;
  private final Blocking blocking;
  private final InstantSource clock;

  public MaintenanceRoutes(MaintenanceBook book, Blocking blocking, InstantSource clock) {
    this.book = book;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Plan(
      String title,
      Optional<String> text,
      List<String> components,
      Instant startsAt,
      Instant endsAt) {}

  private record MaintenanceJson(
      String id,
      String title,
      String text,
      List<String> components,
      Instant startsAt,
      Instant endsAt,
      String author,
      boolean active) {
    static MaintenanceJson of(Maintenance it, Instant now) {
      return new MaintenanceJson(
          it.id(),
          it.title(),
          it.text(),
          it.components(),
          it.startsAt(),
          it.endsAt(),
          it.author(),
          it.active(now));
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::list);
    Operation.post(router, PATH)
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::plan);
    Operation.on(router, HttpMethod.DELETE, PATH + "/:id")
        .needs(Scope.RESPOND)
        .answersOn(blocking, this::callOff);
  }

  private Reply list(Request request) {
    Instant now = clock.instant();
    List<MaintenanceJson> found =
        book.store().endingAfter(request.instant("ending_after").orElse(now)).stream()
            .map(it -> MaintenanceJson.of(it, now))
            .toList();
    return Reply.json(Map.of("maintenance", found));
  }

  private Reply plan(Request request) {
    Plan plan = request.json(Plan.class);
    Instant now = clock.instant();
    try {
      Maintenance maintenance =
          book.plan(
              new MaintenanceBook.Plan(
                  plan.title, plan.text.orElse(""), plan.components, plan.startsAt, plan.endsAt),
              request.principal().name(),
              now);
      return Reply.created(PATH + "/" + maintenance.id(), MaintenanceJson.of(maintenance, now));
    } catch (MaintenanceBook.Wrong wrong) {
      throw Request.wrong(wrong.field(), wrong.found(), wrong.expected());
    }
  }

  private Reply callOff(Request request) {
    String id = request.path("id");
    if (!book.callOff(id, clock.instant())) {
      throw ProblemException.notFound("there is no maintenance " + id);
    }
    return Reply.empty(204);
  }
}
