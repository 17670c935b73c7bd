package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.model.BaselineFact;
import io.tocsin.model.Judged;
import io.tocsin.model.Latency;
import io.tocsin.model.ModelSpec.Targets;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import io.tocsin.model.Segment;
import io.tocsin.model.Subject;
import io.tocsin.model.health.HealthBoard;
import io.tocsin.model.health.HealthState;
import io.tocsin.model.health.Measures;
import io.tocsin.model.health.ModelHealth;
import io.tocsin.model.report.ModelReport.Input;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is watched of each model, how it is doing and why. */
public final class ModelHealthRoutes implements Routes {

  private static final String PATH = "/api/v1/models";

  private final Models models;
  private final HealthBoard health;
  private final Blocking blocking;
  private final InstantSource clock;

  public ModelHealthRoutes(
      Models models, HealthBoard health, Blocking blocking, InstantSource clock) {
    this.models = models;
    this.health = health;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record FeatureJson(String name, String kind) {}

  private record VersionJson(String version, long predictions) {}

  private record ReasonJson(String state, String words) {}

  private record TopJson(String name, OptionalDouble score, double floor, String state) {}

  private record TargetsJson(double accuracy, double latencyMs, double latencyCriticalMs) {}

  private record LatencyJson(
      OptionalDouble meanMs, OptionalDouble p50Ms, OptionalDouble p95Ms, OptionalDouble p99Ms) {}

  private record HealthJson(
      String state,
      List<ReasonJson> reasons,
      Instant at,
      double predictionsPerMinute,
      long predictions,
      TargetsJson targets,
      LatencyJson latency,
      Optional<TopJson> top,
      OptionalDouble labelDelaySeconds,
      OptionalDouble labelledRatio) {}

  private record ModelsJson(List<ModelJson> models) {}

  private record ModelJson(
      String name,
      List<VersionJson> versions,
      List<FeatureJson> features,
      Optional<String> prediction,
      List<Segment> slices,
      Optional<BaselineFact> baseline,
      OptionalDouble accuracy,
      long judged,
      int waitingForTruth,
      long sampledOneIn,
      HealthJson health) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH)
        .needs(Scope.READ)
        .answersOn(blocking, request -> Reply.json(list(request)));
    Operation.get(router, PATH + "/:name")
        .needs(Scope.READ)
        .answersOn(blocking, request -> Reply.json(one(request)));
  }

  private ModelsJson list(Request request) {
    List<HealthState> states =
        request.query("state").isEmpty() ? List.of() : request.choices("state", HealthState.class);
    return new ModelsJson(
        health.all(clock.instant()).stream()
            .filter(one -> states.isEmpty() || states.contains(one.state()))
            .flatMap(one -> models.find(one.model()).map(watch -> json(watch, one)).stream())
            .toList());
  }

  private ModelJson one(Request request) {
    String name = request.path("name");
    return models
        .find(name)
        .flatMap(watch -> health.find(name, clock.instant()).map(its -> json(watch, its)))
        .orElseThrow(() -> ProblemException.notFound("there is no model " + name));
  }

  private static ModelJson json(ModelWatch watch, ModelHealth health) {
    Judged judged = health.measures().judged();
    return new ModelJson(
        health.model(),
        watch.predictions().entrySet().stream()
            .map(entry -> new VersionJson(entry.getKey(), entry.getValue()))
            .toList(),
        watch.subjects().stream()
            .filter(subject -> !subject.feature().isEmpty())
            .map(subject -> new FeatureJson(subject.feature(), kind(watch, subject)))
            .toList(),
        watch.kind(Subject.PREDICTION).map(kind -> kind.name().toLowerCase(Locale.ROOT)),
        watch.slices(),
        watch.baseline(),
        judged.accuracy(),
        judged.judged(),
        watch.held(),
        watch.sampledOneIn(),
        json(health));
  }

  private static String kind(ModelWatch watch, Subject subject) {
    return watch.kind(subject).map(Enum::name).orElse("").toLowerCase(Locale.ROOT);
  }

  private static HealthJson json(ModelHealth health) {
    Measures measures = health.measures();
    Targets targets = measures.spec().targets();
    Latency latency = measures.latency();
    return new HealthJson(
        health.state().label(),
        health.reasons().stream()
            .map(reason -> new ReasonJson(reason.state().label(), reason.words()))
            .toList(),
        measures.at(),
        measures.perMinute(),
        measures.predictions(),
        new TargetsJson(
            targets.accuracy(), targets.latency().toMillis(), targets.slow().toMillis()),
        new LatencyJson(latency.mean(), latency.p50(), latency.p95(), latency.p99()),
        measures.top().map(ModelHealthRoutes::top),
        measures.judged().delayMeanSeconds(),
        measures.judged().labelledRatio());
  }

  private static TopJson top(Input input) {
    return new TopJson(
        input.name(), input.score(), input.floor(), input.state().name().toLowerCase(Locale.ROOT));
  }
}
