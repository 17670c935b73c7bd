package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Subject;
import io.tocsin.rule.drift.InputComparison;
import io.tocsin.rule.drift.Row;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** One input of a model: both distributions, before and now, and how its score went. */
final class ModelInputPage {

  private final ModelPorts models;
  private final SeriesReader reader;
  private final ConsolePage page;

  ModelInputPage(ModelPorts models, SeriesReader reader, ConsolePage page) {
    this.models = models;
    this.reader = reader;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/models/:name/input", this::show);
  }

  private Reply show(Request request) {
    ModelWatch watch = ModelPages.known(models, request);
    String model = watch.spec().name();
    String name = request.required("input");
    Subject subject =
        watch.subjects().stream()
            .filter(one -> name(one).equals(name))
            .findFirst()
            .orElseThrow(
                () -> ProblemException.notFound("%s has no input %s".formatted(model, name)));
    Instant now = page.now();
    Row row = new InputComparison(models.history()).of(model, subject, now);
    var parameters = new HashMap<String, Object>();
    parameters.put("model", model);
    parameters.put("kind", subject.kind());
    parameters.put("row", row);
    parameters.put("window", Times.span(watch.spec().window()));
    parameters.put("course", course(model, name, now));
    return ConsolePage.asksForPart(request)
        ? page.part("console/model-input-live.jte", parameters)
        : page.page(request, "console/model-input.jte", name + " of " + model, parameters);
  }

  private static String name(Subject subject) {
    return subject.feature().isEmpty() ? subject.kind() : subject.feature();
  }

  /** The score within the last day; empty when no rule measured it twice. */
  private String course(String model, String name, Instant now) {
    Optional<SeriesPoints> points = new ModelSparks(reader).one(model, name, now);
    return points
        .filter(its -> its.size() > 1)
        .map(its -> LinesSvg.inPage(List.of(its), its.timestamps()[0], now.toEpochMilli()))
        .orElse("");
  }
}
