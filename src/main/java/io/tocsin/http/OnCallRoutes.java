package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.notify.EscalationPolicies;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.Schedule;
import io.tocsin.oncall.Shift;
import io.tocsin.oncall.ShiftOverride;
import io.tocsin.oncall.ShiftOverrideStore;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
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
  private final Runnable changed;
  private final Blocking blocking;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param roster the schedules as configured now
   * @param changed called after an override was written or removed
   */
  public OnCallRoutes(
      Supplier<Roster> roster,
      Supplier<EscalationPolicies> policies,
      ShiftOverrideStore store,
      Runnable changed,
      Blocking blocking,
      InstantSource clock) {
    this.roster = roster;
    this.policies = policies;
    this.store = store;
    this.changed = changed;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Cover(
      String person,
      Instant start,
      Instant end,
      Optional<String> replaces,
      Optional<String> reason) {}

  private record Swap(
      String person,
      Instant start,
      Instant end,
      String with,
      Instant withStart,
      Instant withEnd,
      Optional<String> reason) {}

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
    Cover it = request.json(Cover.class);
    ShiftOverride override =
        made(schedule, it.person, it.start, it.end, it.replaces, it.reason, request);
    save(List.of(override));
    return Reply.created(PATH + "/overrides/" + override.id(), OnCallJson.override(override));
  }

  /** Each takes the other's shifts within the stretch given. */
  private Reply swap(Request request) {
    Schedule schedule = named(request);
    Swap it = request.json(Swap.class);
    ShiftOverride mine =
        made(schedule, it.with, it.start, it.end, Optional.of(it.person), it.reason, request);
    ShiftOverride theirs =
        made(
            schedule,
            it.person,
            it.withStart,
            it.withEnd,
            Optional.of(it.with),
            it.reason,
            request);
    save(List.of(mine, theirs));
    return Reply.json(
        201, Map.of("overrides", List.of(OnCallJson.override(mine), OnCallJson.override(theirs))));
  }

  private ShiftOverride made(
      Schedule schedule,
      String person,
      Instant start,
      Instant end,
      Optional<String> replaces,
      Optional<String> reason,
      Request request) {
    requirePerson("person", person);
    replaces.ifPresent(name -> requirePerson("replaces", name));
    Instant now = clock.instant();
    if (!end.isAfter(start) || !end.isAfter(now)) {
      throw Request.wrong("end", end.toString(), "a time after start and after now");
    }
    if (Duration.between(start, end).compareTo(Schedule.LONGEST) > 0) {
      throw Request.wrong("end", end.toString(), "at most 400 days after start");
    }
    return new ShiftOverride(
        id(),
        schedule.name(),
        start,
        end,
        person,
        replaces,
        request.principal().name(),
        reason.orElse(""),
        now);
  }

  private void requirePerson(String field, String name) {
    if (!roster.get().people().containsKey(name)) {
      throw Request.wrong(
          field, name, "one of " + String.join(", ", roster.get().people().keySet()));
    }
  }

  private void save(List<ShiftOverride> overrides) {
    store.save(overrides);
    changed.run();
  }

  private Reply remove(Request request) {
    String id = request.path("id");
    if (!store.remove(id)) {
      throw ProblemException.notFound("there is no override " + id);
    }
    changed.run();
    return Reply.empty(204);
  }

  private Schedule named(Request request) {
    String name = request.path("name");
    return Optional.ofNullable(roster.get().schedules().get(name))
        .orElseThrow(() -> ProblemException.notFound("there is no schedule " + name));
  }

  private String id() {
    var bytes = new byte[8];
    random.nextBytes(bytes);
    return "o" + HexFormat.of().formatHex(bytes);
  }
}
