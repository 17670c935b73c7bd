package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.explain.Episode;
import io.tocsin.explain.Explanation;
import io.tocsin.explain.Facts;
import io.tocsin.explain.Witness;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Why was I (not) paged? */
public final class ExplainRoutes implements Routes {

  private final Witness witness;
  private final Blocking blocking;
  private final InstantSource clock;

  public ExplainRoutes(Witness witness, Blocking blocking, InstantSource clock) {
    this.witness = witness;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record PointJson(Instant at, String value) {}

  private record CurveJson(List<PointJson> points, Optional<String> threshold, String unit) {
    static CurveJson of(Facts.Curve curve) {
      OptionalDouble threshold = curve.threshold();
      return new CurveJson(
          curve.points().stream()
              .map(point -> new PointJson(point.at(), GoNumber.of(point.value())))
              .toList(),
          threshold.isPresent()
              ? Optional.of(GoNumber.of(threshold.getAsDouble()))
              : Optional.empty(),
          curve.unit());
    }
  }

  private record StepJson(String stage, Optional<Instant> at, String text, boolean stopped) {
    static StepJson of(Explanation.Step step) {
      return new StepJson(IncidentJson.word(step.stage()), step.at(), step.text(), step.stopped());
    }
  }

  private record EpisodeJson(
      Instant activeSince, Optional<Instant> firingSince, Optional<Instant> endedAt) {
    static EpisodeJson of(Episode it) {
      return new EpisodeJson(it.activeSince(), it.firingSince(), it.endedAt());
    }
  }

  private record ExplanationJson(
      String fingerprint,
      String verdict,
      String rule,
      String name,
      String severity,
      Map<String, String> labels,
      Map<String, String> annotations,
      String value,
      Duration holdFor,
      Instant activeSince,
      Optional<Instant> firingSince,
      Optional<Instant> endedAt,
      Optional<String> incident,
      Optional<Integer> escalationStep,
      List<StepJson> steps,
      Optional<CurveJson> curve,
      List<EpisodeJson> episodes) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, "/api/v1/alerts/:fingerprint/explain")
        .needs(Scope.READ)
        .answersOn(blocking, this::explain);
  }

  private Reply explain(Request request) {
    String fingerprint = request.path("fingerprint");
    Facts facts =
        witness
            .facts(fingerprint, request.instant("at"))
            .orElseThrow(
                () ->
                    ProblemException.notFound(
                        "no alert with the fingerprint "
                            + fingerprint
                            + " breached within the last 30 days"));
    Explanation explanation = Explanation.of(facts, clock.instant());
    Episode episode = facts.episode();
    return Reply.json(
        new ExplanationJson(
            fingerprint,
            explanation.verdict(),
            episode.spec().ruleId(),
            episode.spec().alertName(),
            episode.severity().label(),
            episode.labels().toMap(),
            episode.annotations(),
            GoNumber.of(episode.value()),
            episode.spec().holdFor(),
            episode.activeSince(),
            episode.firingSince(),
            episode.endedAt(),
            facts.incident().map(it -> it.id().value()),
            facts.incident().map(it -> it.escalationStep()),
            explanation.steps().stream().map(StepJson::of).toList(),
            facts.curve().map(CurveJson::of),
            witness.episodes(fingerprint).stream().map(EpisodeJson::of).toList()));
  }
}
