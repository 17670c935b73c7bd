package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.model.Intake;
import io.tocsin.model.IntakeProblem;
import io.tocsin.model.Models;
import io.tocsin.model.Prediction;
import io.tocsin.model.Truth;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Receives what models predicted, and later what was true; one object, an array or lines. */
public final class ModelRoutes implements Routes {

  private static final String PATH = "/api/v1/models/:name/";
  private static final long MAX_BODY = 16 * 1024 * 1024;
  private static final String[] MEDIA_TYPES = {"application/json", "application/x-ndjson"};

  private final Models models;
  private final Blocking blocking;
  private final InstantSource clock;

  public ModelRoutes(Models models, Blocking blocking, InstantSource clock) {
    this.models = models;
    this.blocking = blocking;
    this.clock = clock;
  }

  @Override
  public void mount(Router router) {
    Operation.post(router, PATH + "predictions")
        .needs(Scope.INGEST)
        .reads(MAX_BODY, MEDIA_TYPES)
        .answersOn(blocking, this::predictions);
    Operation.post(router, PATH + "ground-truth")
        .needs(Scope.INGEST)
        .reads(MAX_BODY, MEDIA_TYPES)
        .answersOn(blocking, this::truths);
  }

  private Reply predictions(Request request) {
    Instant now = clock.instant();
    List<Prediction> rows;
    try {
      rows = Intake.predictions(request.body().getBytes(), now);
    } catch (IntakeProblem e) {
      throw ProblemException.badRequest(String.valueOf(e.getMessage()));
    }
    try {
      models.watch(request.path("name")).accept(rows, now);
    } catch (Models.TooManyModels e) {
      throw ProblemException.tooMany(String.valueOf(e.getMessage()), Duration.ofMinutes(1));
    }
    return Reply.json(202, Map.of("accepted", rows.size()));
  }

  private Reply truths(Request request) {
    String name = request.path("name");
    var watch =
        models.find(name).orElseThrow(() -> ProblemException.notFound("there is no model " + name));
    try {
      List<Truth> truths = Intake.truths(request.body().getBytes());
      return Reply.json(
          202, Map.of("accepted", truths.size(), "matched", watch.judge(truths, clock.instant())));
    } catch (IntakeProblem e) {
      throw ProblemException.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
