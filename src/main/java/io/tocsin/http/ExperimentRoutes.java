package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.experiment.Effect;
import io.tocsin.experiment.Experiment;
import io.tocsin.experiment.ExperimentProblem;
import io.tocsin.experiment.ExperimentResult;
import io.tocsin.experiment.ExperimentStore;
import io.tocsin.experiment.Exposure;
import io.tocsin.experiment.Metric;
import io.tocsin.experiment.Outcome;
import io.tocsin.experiment.Variant;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A/B experiments: make one, ask for a unit's variant, tell exposures and outcomes, read on. */
public final class ExperimentRoutes implements Routes {

  private static final String PATH = "/api/v1/experiments";
  private static final String ONE = PATH + "/:name";
  private static final long MAX_PLAN = 64 * 1024;
  private static final long MAX_ROWS = 4L * 1024 * 1024;
  private static final int MOST_ROWS = 10_000;
  private static final int MOST_EXPERIMENTS = 1000;
  private static final int LONGEST_UNIT = 256;

  private final ExperimentStore store;
  private final Blocking blocking;
  private final InstantSource clock;

  public ExperimentRoutes(ExperimentStore store, Blocking blocking, InstantSource clock) {
    this.store = store;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record Plan(
      String name,
      Optional<String> description,
      List<PlannedVariant> variants,
      List<PlannedMetric> metrics,
      Optional<Double> alpha,
      Optional<Double> power) {

    Experiment experiment(Instant now) {
      return new Experiment(
          name,
          description.orElse(""),
          variants.stream().map(it -> new Variant(it.name, it.weight.orElse(1.0))).toList(),
          metrics.stream().map(PlannedMetric::metric).toList(),
          alpha.orElse(0.05),
          power.orElse(0.8),
          now,
          Optional.empty());
    }
  }

  private record PlannedVariant(String name, Optional<Double> weight) {}

  private record PlannedMetric(
      String name,
      String kind,
      Optional<String> goal,
      Optional<String> role,
      double minimumEffect,
      Optional<Double> margin,
      Optional<String> combine,
      Optional<String> absent) {

    Metric metric() {
      var chosen = Request.choice("kind", kind, Metric.Kind.class);
      return new Metric(
          name,
          chosen,
          Request.choice("goal", goal.orElse("increase"), Metric.Goal.class),
          Request.choice("role", role.orElse("primary"), Metric.Role.class),
          minimumEffect,
          margin.orElse(0.0),
          Request.choice(
              "combine",
              combine.orElse(chosen == Metric.Kind.PROPORTION ? "max" : "last"),
              Metric.Combine.class),
          Request.choice("absent", absent.orElse("zero"), Metric.Absent.class));
    }
  }

  private record Exposures(List<Exposed> exposures) {}

  private record Exposed(String unit, Optional<String> variant, Optional<Instant> at) {}

  private record Outcomes(List<Measured> outcomes) {}

  private record Measured(String unit, String metric, double value, Optional<String> id) {}

  private record ExperimentJson(
      String name,
      String description,
      List<Variant> variants,
      List<MetricJson> metrics,
      double alpha,
      double power,
      Instant startedAt,
      Optional<Instant> stoppedAt,
      Optional<ResultJson> result) {

    static ExperimentJson of(Experiment it, Optional<ExperimentResult> result) {
      return new ExperimentJson(
          it.name(),
          it.description(),
          it.variants(),
          it.metrics().stream().map(MetricJson::of).toList(),
          it.alpha(),
          it.power(),
          it.startedAt(),
          it.stoppedAt(),
          result.map(ResultJson::of));
    }
  }

  private record MetricJson(
      String name,
      String kind,
      String goal,
      String role,
      double minimumEffect,
      double margin,
      String combine,
      String absent) {

    static MetricJson of(Metric it) {
      return new MetricJson(
          it.name(),
          lower(it.kind()),
          lower(it.goal()),
          lower(it.role()),
          it.minimumEffect(),
          it.margin(),
          lower(it.combine()),
          lower(it.absent()));
    }
  }

  private record ResultJson(
      Map<String, Long> exposed,
      double sampleRatioP,
      String verdict,
      Optional<String> winner,
      List<String> reasons,
      String method,
      List<Effect> effects) {

    static ResultJson of(ExperimentResult it) {
      return new ResultJson(
          it.exposed(),
          it.sampleRatioP(),
          lower(it.verdict()),
          it.winner(),
          it.reasons(),
          "mixture sequential probability ratio test",
          it.effects());
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::list);
    Operation.post(router, PATH)
        .needs(Scope.RESPOND)
        .reads(MAX_PLAN, "application/json")
        .answersOn(blocking, this::make);
    Operation.get(router, ONE).needs(Scope.READ).answersOn(blocking, this::read);
    Operation.on(router, HttpMethod.DELETE, ONE)
        .needs(Scope.RESPOND)
        .answersOn(blocking, this::remove);
    Operation.post(router, ONE + "/stop").needs(Scope.RESPOND).answersOn(blocking, this::stop);
    Operation.get(router, ONE + "/assign").needs(Scope.INGEST).answersOn(blocking, this::assign);
    Operation.post(router, ONE + "/exposures")
        .needs(Scope.INGEST)
        .reads(MAX_ROWS, "application/json")
        .answersOn(blocking, this::expose);
    Operation.post(router, ONE + "/outcomes")
        .needs(Scope.INGEST)
        .reads(MAX_ROWS, "application/json")
        .answersOn(blocking, this::measure);
  }

  private Reply list(Request request) {
    return Reply.json(
        Map.of(
            "experiments",
            store.all().stream().map(it -> ExperimentJson.of(it, Optional.empty())).toList()));
  }

  private Reply make(Request request) {
    Experiment experiment;
    try {
      experiment = request.json(Plan.class).experiment(clock.instant());
    } catch (ExperimentProblem e) {
      throw ProblemException.badRequest(String.valueOf(e.getMessage()));
    }
    if (store.all().size() >= MOST_EXPERIMENTS) {
      throw ProblemException.conflict("there are " + MOST_EXPERIMENTS + " experiments already");
    }
    if (!store.add(experiment)) {
      throw ProblemException.conflict("there is an experiment " + experiment.name() + " already");
    }
    return Reply.created(
        PATH + "/" + experiment.name(), ExperimentJson.of(experiment, Optional.empty()));
  }

  private Reply read(Request request) {
    Experiment experiment = find(request);
    return Reply.json(
        ExperimentJson.of(
            experiment,
            Optional.of(ExperimentResult.of(experiment, store.tallies(experiment.name())))));
  }

  private Reply stop(Request request) {
    Experiment stopped = find(request).stopped(clock.instant());
    store.update(stopped);
    return Reply.json(ExperimentJson.of(stopped, Optional.empty()));
  }

  private Reply remove(Request request) {
    String name = request.path("name");
    if (!store.remove(name)) {
      throw missing(name);
    }
    return Reply.empty(204);
  }

  private Reply assign(Request request) {
    Experiment experiment = find(request);
    String unit = unit("unit", request.required("unit"));
    return Reply.json(
        Map.of(
            "experiment", experiment.name(),
            "unit", unit,
            "variant", experiment.assign(unit).name()));
  }

  private Reply expose(Request request) {
    Experiment experiment = find(request);
    if (!experiment.running()) {
      throw ProblemException.conflict("the experiment " + experiment.name() + " was stopped");
    }
    List<Exposed> rows = bounded("exposures", request.json(Exposures.class).exposures);
    Instant now = clock.instant();
    var exposures = new ArrayList<Exposure>();
    for (int i = 0; i < rows.size(); i++) {
      Exposed row = rows.get(i);
      String field = "exposures[" + i + "].";
      String unit = unit(field + "unit", row.unit);
      String variant =
          row.variant
              .map(
                  name ->
                      experiment
                          .variant(name)
                          .orElseThrow(() -> unknown(field + "variant", name, experiment)))
              .orElseGet(() -> experiment.assign(unit))
              .name();
      exposures.add(new Exposure(unit, variant, row.at.orElse(now)));
    }
    int fresh = store.expose(experiment.name(), exposures);
    return Reply.json(202, Map.of("accepted", exposures.size(), "new", fresh));
  }

  private static ProblemException unknown(String field, String name, Experiment experiment) {
    return Request.wrong(
        field,
        name,
        "one of " + String.join(", ", experiment.variants().stream().map(Variant::name).toList()));
  }

  private Reply measure(Request request) {
    Experiment experiment = find(request);
    List<Measured> rows = bounded("outcomes", request.json(Outcomes.class).outcomes);
    var outcomes = new ArrayList<Outcome>();
    for (int i = 0; i < rows.size(); i++) {
      Measured row = rows.get(i);
      String field = "outcomes[" + i + "].";
      Metric metric =
          experiment
              .metric(row.metric)
              .orElseThrow(
                  () ->
                      Request.wrong(
                          field + "metric",
                          row.metric,
                          "one of "
                              + String.join(
                                  ", ", experiment.metrics().stream().map(Metric::name).toList())));
      boolean share = metric.kind() == Metric.Kind.PROPORTION;
      if (!Double.isFinite(row.value) || (share && row.value != 0 && row.value != 1)) {
        throw Request.wrong(
            field + "value",
            String.valueOf(row.value),
            share ? "0 or 1, as a proportion has it" : "a finite number");
      }
      outcomes.add(new Outcome(unit(field + "unit", row.unit), row.metric, row.value, row.id));
    }
    int taken = store.record(experiment, outcomes);
    return Reply.json(202, Map.of("accepted", taken, "unknown", outcomes.size() - taken));
  }

  private static <T> List<T> bounded(String field, List<T> rows) {
    if (rows.size() > MOST_ROWS) {
      throw Request.wrong(field, rows.size() + " rows", "at most " + MOST_ROWS);
    }
    return rows;
  }

  private static String unit(String field, String unit) {
    if (unit.isBlank() || unit.length() > LONGEST_UNIT) {
      throw Request.wrong(field, unit, "1 to " + LONGEST_UNIT + " characters");
    }
    return unit;
  }

  private Experiment find(Request request) {
    String name = request.path("name");
    return store.find(name).orElseThrow(() -> missing(name));
  }

  private static ProblemException missing(String name) {
    return ProblemException.notFound("there is no experiment " + name);
  }
}
