package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceStore;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Planned maintenance: what is to come or under way, a new one, and calling one off. */
public final class MaintenanceRoutes implements Routes {

  private static final String PATH = "/api/v1/maintenance";
  private static final long MAX_BODY = 64 * 1024;

  private final MaintenanceStore store;
  private final Runnable changed;
  private final Blocking blocking;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param changed called after every change, so that what it mutes is muted at once
   */
  public MaintenanceRoutes(
      MaintenanceStore store, Runnable changed, Blocking blocking, InstantSource clock) {
    this.store = store;
    this.changed = changed;
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
        store.endingAfter(request.instant("ending_after").orElse(now)).stream()
            .map(it -> MaintenanceJson.of(it, now))
            .toList();
    return Reply.json(Map.of("maintenance", found));
  }

  private Reply plan(Request request) {
    Plan plan = request.json(Plan.class);
    Instant now = clock.instant();
    if (plan.title.isBlank()) {
      throw Request.wrong("title", plan.title, "a text");
    }
    if (plan.components.isEmpty()) {
      throw Request.wrong("components", "", "at least one component's name");
    }
    if (!plan.endsAt.isAfter(plan.startsAt) || !plan.endsAt.isAfter(now)) {
      throw Request.wrong(
          "ends_at", plan.endsAt.toString(), "a time after starts_at and after now");
    }
    var maintenance =
        new Maintenance(
            id(),
            plan.title,
            plan.text.orElse(""),
            plan.components,
            plan.startsAt,
            plan.endsAt,
            request.principal().name());
    store.save(maintenance);
    changed.run();
    return Reply.created(PATH + "/" + maintenance.id(), MaintenanceJson.of(maintenance, now));
  }

  private String id() {
    var bytes = new byte[8];
    random.nextBytes(bytes);
    return "m" + HexFormat.of().formatHex(bytes);
  }

  private Reply callOff(Request request) {
    String id = request.path("id");
    Instant now = clock.instant();
    Optional<Maintenance> underWay =
        store.endingAfter(now).stream()
            .filter(it -> it.id().equals(id) && it.active(now))
            .findFirst();
    if (underWay.isPresent()) {
      store.save(underWay.get().endedAt(now));
    } else if (!store.remove(id)) {
      throw ProblemException.notFound("there is no maintenance " + id);
    }
    changed.run();
    return Reply.empty(204);
  }
}
