package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.check.Cause;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckPolicy;
import io.tocsin.check.CheckResult;
import io.tocsin.check.CheckResultStore;
import io.tocsin.check.CheckState;
import io.vertx.ext.web.Router;
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

/** Checks: what each holds to be true now, and what its runs found. */
public final class CheckRoutes implements Routes {

  private static final String PATH = "/api/v1/checks";
  private static final Duration DEFAULT_SPAN = Duration.ofHours(1);

  private final Supplier<Collection<CheckPolicy>> configured;
  private final Supplier<Collection<CheckState>> states;
  private final CheckResultStore results;
  private final Blocking blocking;
  private final InstantSource clock;

  /**
   * @param configured the checks there are
   * @param states what is known of them; may block
   */
  public CheckRoutes(
      Supplier<Collection<CheckPolicy>> configured,
      Supplier<Collection<CheckState>> states,
      CheckResultStore results,
      Blocking blocking,
      InstantSource clock) {
    this.configured = configured;
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
      List<String> dependsOn) {
    static CheckJson of(CheckPolicy policy, Optional<CheckState> state) {
      return new CheckJson(
          policy.name(),
          policy.component(),
          state.map(it -> IncidentJson.word(it.verdict())).orElse("unknown"),
          state.map(CheckState::since),
          state.flatMap(CheckState::cause).map(CauseJson::of),
          policy.interval(),
          policy.timeout(),
          policy.dependsOn());
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
    Operation.get(router, PATH + "/:name/results")
        .needs(Scope.READ)
        .answersOn(blocking, this::results);
  }

  private Reply list() {
    Map<String, CheckState> known =
        states.get().stream().collect(Collectors.toMap(CheckState::check, Function.identity()));
    List<CheckJson> checks =
        configured.get().stream()
            .map(policy -> CheckJson.of(policy, Optional.ofNullable(known.get(policy.name()))))
            .toList();
    return Reply.json(Map.of("checks", checks));
  }

  private Reply results(Request request) {
    String name = request.path("name");
    if (configured.get().stream().noneMatch(policy -> policy.name().equals(name))) {
      throw ProblemException.notFound("there is no check " + name);
    }
    Instant to = request.instant("to").orElseGet(clock::instant);
    Instant from = request.instant("from").orElse(to.minus(DEFAULT_SPAN));
    List<ResultJson> found =
        results.read(name, from, to, request.integer("limit", 500, 1, 5_000)).stream()
            .map(ResultJson::of)
            .toList();
    return Reply.json(Map.of("results", found));
  }
}
