package io.tocsin.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tocsin.access.Scope;
import io.tocsin.check.Cause;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckPolicy;
import io.tocsin.check.CheckResult;
import io.tocsin.check.CheckResultStore;
import io.tocsin.check.CheckState;
import io.tocsin.settings.SettingsProblem;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks: what each holds to be true now, what its runs found; new ones, rests, runs at once. */
public final class CheckRoutes implements Routes {

  private static final String PATH = "/api/v1/checks";
  private static final long MAX_BODY = 64 * 1024;
  private static final Duration DEFAULT_SPAN = Duration.ofHours(1);

  private final CheckDesk desk;
  private final Supplier<Collection<CheckState>> states;
  private final CheckResultStore results;
  private final Blocking blocking;
  private final InstantSource clock;

  /**
   * @param desk the checks there are, and what may be asked of them
   * @param states what is known of them; may block
   */
  public CheckRoutes(
      CheckDesk desk,
      Supplier<Collection<CheckState>> states,
      CheckResultStore results,
      Blocking blocking,
      InstantSource clock) {
    this.desk = desk;
    this.states = states;
    this.results = results;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record CauseJson(String side, String reason) {
    static CauseJson of(Cause cause) {
      return new CauseJson(IncidentJson.word(cause.side()), cause.reason());
    }
  }

  private record CheckJson(
      String name,
      String component,
      String verdict,
      Optional<Instant> since,
      Optional<CauseJson> cause,
      Duration interval,
      Duration timeout,
      List<String> dependsOn,
      String kind,
      String origin,
      boolean paused) {
    static CheckJson of(CheckDesk.Listed listed, Optional<CheckState> state) {
      CheckPolicy policy = listed.policy();
      return new CheckJson(
          policy.name(),
          policy.component(),
          state
              .filter(it -> !listed.paused())
              .map(it -> IncidentJson.word(it.verdict()))
              .orElse("unknown"),
          state.map(CheckState::since),
          state.flatMap(CheckState::cause).map(CauseJson::of),
          policy.interval(),
          policy.timeout(),
          policy.dependsOn(),
          listed.kind(),
          listed.origin(),
          listed.paused());
    }
  }

  private record ResultJson(
      Instant at,
      double durationSeconds,
      String outcome,
      String verdict,
      Optional<CauseJson> cause,
      String detail,
      OptionalInt statusCode,
      Optional<Instant> tlsExpiry) {
    static ResultJson of(CheckObservation observation) {
      CheckResult result = observation.result();
      return new ResultJson(
          result.at(),
          result.durationSeconds(),
          IncidentJson.word(result.outcome()),
          IncidentJson.word(observation.after()),
          result.cause().map(CauseJson::of),
          result.detail(),
          result.statusCode(),
          result.tlsExpiry());
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, request -> list());
    Operation.get(router, PATH + "/:name")
        .needs(Scope.READ)
        .answersOn(blocking, request -> Reply.json(shown(request.path("name"))));
    Operation.post(router, PATH)
        .needs(Scope.ADMIN)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::create);
    Operation.on(router, HttpMethod.DELETE, PATH + "/:name")
        .needs(Scope.ADMIN)
        .answersOn(blocking, this::remove);
    Operation.post(router, PATH + "/:name/run").needs(Scope.RESPOND).answersOn(blocking, this::run);
    Operation.post(router, PATH + "/:name/pause")
        .needs(Scope.RESPOND)
        .answersOn(blocking, request -> pause(request, true));
    Operation.post(router, PATH + "/:name/resume")
        .needs(Scope.RESPOND)
        .answersOn(blocking, request -> pause(request, false));
    Operation.get(router, PATH + "/:name/results")
        .needs(Scope.READ)
        .answersOn(blocking, this::results);
  }

  private Reply list() {
    Map<String, CheckState> known =
        states.get().stream().collect(Collectors.toMap(CheckState::check, Function.identity()));
    List<CheckJson> checks =
        desk.all().stream()
            .map(one -> CheckJson.of(one, Optional.ofNullable(known.get(one.policy().name()))))
            .toList();
    return Reply.json(Map.of("checks", checks));
  }

  private Reply create(Request request) {
    try {
      String name = desk.create(request.body().toString(), request.principal().name());
      return Reply.created(path(name), shown(name));
    } catch (SettingsProblem problem) {
      throw ProblemException.of(400, String.valueOf(problem.getMessage()));
    }
  }

  private static String path(String name) {
    return PATH + "/" + URLEncoder.encode(name, UTF_8).replace("+", "%20");
  }

  private CheckJson shown(String name) {
    Optional<CheckState> state =
        states.get().stream().filter(one -> one.check().equals(name)).findFirst();
    return CheckJson.of(there(name), state);
  }

  private CheckDesk.Listed there(String name) {
    return desk.all().stream()
        .filter(one -> one.policy().name().equals(name))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("there is no check " + name));
  }

  private Reply remove(Request request) {
    String name = request.path("name");
    if (!there(name).origin().equals("api")) {
      throw ProblemException.of(409, name + " stands in the configuration; take it out there");
    }
    desk.remove(name);
    return Reply.empty(204);
  }

  private Reply pause(Request request, boolean rests) {
    String name = request.path("name");
    there(name);
    desk.pause(name, rests, request.principal().name());
    return Reply.json(shown(name));
  }

  private Reply run(Request request) {
    String name = request.path("name");
    if (there(name).paused()) {
      throw ProblemException.of(409, name + " is paused");
    }
    desk.run(name);
    return Reply.json(shown(name));
  }

  private Reply results(Request request) {
    String name = request.path("name");
    there(name);
    Instant to = request.instant("to").orElseGet(clock::instant);
    Instant from = request.instant("from").orElse(to.minus(DEFAULT_SPAN));
    List<ResultJson> found =
        results.read(name, from, to, request.integer("limit", 500, 1, 5_000)).stream()
            .map(ResultJson::of)
            .toList();
    return Reply.json(Map.of("results", found));
  }
}
