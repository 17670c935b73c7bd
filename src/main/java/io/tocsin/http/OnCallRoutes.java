package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.notify.EscalationPolicies;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.Schedule;
import io.tocsin.oncall.Shift;
import io.tocsin.oncall.ShiftDesk;
import io.tocsin.oncall.ShiftOverride;
import io.tocsin.oncall.ShiftOverrideStore;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Who is on call, the final schedules, overrides and swaps, and the escalation policies. */
public final class OnCallRoutes implements Routes {

  private static final String PATH = "/api/v1/oncall";
  private static final String SCHEDULE = PATH + "/schedules/:name";
  private static final long MAX_BODY = 64 * 1024;
  private static final Duration SHOWN = Duration.ofDays(14);

  private final Supplier<Roster> roster;
  private final Supplier<EscalationPolicies> policies;
  private final ShiftOverrideStore store;
  private final ShiftDesk desk;
  private final Blocking blocking;
  private final InstantSource clock;

  public OnCallRoutes(
      ShiftDesk desk,
      Supplier<EscalationPolicies> policies,
      Blocking blocking,
      InstantSource clock) {
    this.roster = desk.roster();
    this.policies = policies;
    this.store = desk.store();
    this.desk = desk;
    this.blocking = blocking;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::now);
    Operation.get(router, PATH + "/policies")
        .needs(Scope.READ)
        .answersAtOnce(request -> Reply.json(EscalationJson.of(policies.get())));
    Operation.get(router, PATH + "/schedules")
        .needs(Scope.READ)
        .answersAtOnce(request -> Reply.json(OnCallJson.schedules(roster.get())));
    Operation.get(router, SCHEDULE).needs(Scope.READ).answersOn(blocking, this::schedule);
    Operation.post(router, SCHEDULE + "/overrides")
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::override);
    Operation.post(router, SCHEDULE + "/swaps")
        .needs(Scope.RESPOND)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::swap);
    Operation.on(router, HttpMethod.DELETE, PATH + "/overrides/:id")
        .needs(Scope.RESPOND)
        .answersOn(blocking, this::remove);
  }

  private Reply now(Request request) {
    Instant at = request.instant("at").orElseGet(clock::instant);
    Roster all = roster.get().with(store.endingAfter(at));
    return Reply.json(
        Map.of(
            "at",
            at,
            "schedules",
            all.schedules().values().stream()
                .map(schedule -> OnCallJson.now(all, schedule, at))
                .toList()));
  }

  private Reply schedule(Request request) {
    Schedule schedule = named(request);
    Instant from = request.instant("from").orElseGet(clock::instant);
    Instant to = request.instant("to").orElse(from.plus(SHOWN));
    List<ShiftOverride> overrides =
        store.endingAfter(from).stream()
            .filter(override -> override.schedule().equals(schedule.name()))
            .filter(override -> override.start().isBefore(to))
            .toList();
    try {
      List<Shift> shifts = schedule.shifts(overrides, from, to);
      return Reply.json(OnCallJson.schedule(schedule, from, to, shifts, overrides));
    } catch (IllegalArgumentException wrong) {
      throw Request.wrong(
          "to", to.toString(), "after from, within " + Schedule.LONGEST.toDays() + " days");
    }
  }

  private Reply override(Request request) {
    Schedule schedule = named(request);
    ShiftDesk.Cover it = request.json(ShiftDesk.Cover.class);
    return told(
        () -> {
          ShiftOverride override =
              desk.cover(schedule, it, request.principal().name(), clock.instant());
          return Reply.created(PATH + "/overrides/" + override.id(), OnCallJson.override(override));
        });
  }

  private Reply swap(Request request) {
    Schedule schedule = named(request);
    ShiftDesk.Swap it = request.json(ShiftDesk.Swap.class);
    return told(
        () ->
            Reply.json(
                201,
                Map.of(
                    "overrides",
                    desk.swap(schedule, it, request.principal().name(), clock.instant()).stream()
                        .map(OnCallJson::override)
                        .toList())));
  }

  private static Reply told(Supplier<Reply> answer) {
    try {
      return answer.get();
    } catch (ShiftDesk.Wrong wrong) {
      throw Request.wrong(wrong.field(), wrong.found(), wrong.expected());
    }
  }

  private Reply remove(Request request) {
    String id = request.path("id");
    if (!desk.remove(id)) {
      throw ProblemException.notFound("there is no override " + id);
    }
    return Reply.empty(204);
  }

  private Schedule named(Request request) {
    String name = request.path("name");
    return Optional.ofNullable(roster.get().schedules().get(name))
        .orElseThrow(() -> ProblemException.notFound("there is no schedule " + name));
  }
}
