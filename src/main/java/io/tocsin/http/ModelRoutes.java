package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.model.Importance;
import io.tocsin.model.Intake;
import io.tocsin.model.IntakeProblem;
import io.tocsin.model.ModelEntry;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import io.tocsin.model.PredictionRows;
import io.tocsin.model.ReadRows;
import io.tocsin.model.RowProblem;
import io.tocsin.model.Segment;
import io.tocsin.model.TruthRows;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Receives what models predicted, and later what was true. A 2xx is sent once it is durable. */
public final class ModelRoutes implements Routes {

  private static final String ONE = "/api/v1/models/:name";
  private static final long MAX_BODY = 16 * 1024 * 1024;
  private static final int MAX_DECODED = 64 * 1024 * 1024;
  private static final int AT_ONCE = 64 * 1024 * 1024;
  private static final long MAX_IMPORTANCE = 256 * 1024;
  private static final int LONGEST_NAME = 200;
  private static final String[] ROWS = {"application/json", "application/x-ndjson"};
  private static final String[] BASELINE = {"application/json", "application/x-ndjson", "text/csv"};

  private final Models models;
  private final Blocking blocking;
  private final InstantSource clock;
  private final IntakeBody bodies = new IntakeBody(MAX_DECODED, AT_ONCE);

  public ModelRoutes(Models models, Blocking blocking, InstantSource clock) {
    this.models = models;
    this.blocking = blocking;
    this.clock = clock;
  }

  /** What became of the rows of a request. */
  private record Taken(
      int accepted, long rejected, Optional<Integer> matched, List<RowProblem> problems) {}

  private record Weights(
      Optional<Instant> time, Optional<String> version, Map<String, Double> importance) {}

  private record Freeze(Frozen freeze) {}

  private record Frozen(
      Optional<Duration> window,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<String> version) {}

  @Override
  public void mount(Router router) {
    Operation.post(router, ONE + "/predictions")
        .needs(Scope.INGEST)
        .reads(MAX_BODY, ROWS)
        .answers(request -> taking(request, body -> predictions(request, body)));
    Operation.post(router, ONE + "/ground-truth")
        .needs(Scope.INGEST)
        .reads(MAX_BODY, ROWS)
        .answers(request -> taking(request, body -> truths(request, body)));
    Operation.post(router, ONE + "/baseline")
        .needs(Scope.INGEST)
        .reads(MAX_BODY, BASELINE)
        .answers(request -> taking(request, body -> baseline(request, body)));
    Operation.post(router, ONE + "/feature-importance")
        .needs(Scope.INGEST)
        .reads(MAX_IMPORTANCE, "application/json")
        .answers(request -> taking(request, body -> importance(request)));
  }

  private Future<Reply> taking(Request request, IntakeBody.Work<CompletionStage<Reply>> work) {
    var here = request.context().vertx().getOrCreateContext();
    return blocking
        .call(bodies.reserve(request, work))
        .compose(stage -> Future.fromCompletionStage(stage, here));
  }

  private CompletionStage<Reply> predictions(Request request, byte[] body) {
    Instant now = clock.instant();
    ModelWatch watch = watch(request);
    ReadRows<PredictionRows> read = read(() -> Intake.predictions(body, watch, now));
    if (read.size() == 0 && read.rejected() == 0) {
      return done(read, Optional.empty());
    }
    return keep(
            request, new ModelEntry.Predictions(read.rows(), read.rejected(), read.ignored()), now)
        .thenApply(applied -> reply(read, Optional.empty()));
  }

  private CompletionStage<Reply> truths(Request request, byte[] body) {
    Instant now = clock.instant();
    ModelWatch watch = known(request);
    ReadRows<TruthRows> read = read(() -> Intake.truths(body, watch));
    if (read.size() == 0 && read.rejected() == 0) {
      return done(read, Optional.of(0));
    }
    return keep(request, new ModelEntry.Truths(read.rows(), read.rejected()), now)
        .thenApply(matched -> reply(read, Optional.of(matched)));
  }

  /**
   * Rows of the last training, in the form of predictions or as CSV, or a stretch of the past; they
   * replace the baseline there was.
   */
  private CompletionStage<Reply> baseline(Request request, byte[] body) {
    Instant now = clock.instant();
    if (isFreeze(request, body)) {
      return freeze(request, now);
    }
    ModelSpec spec = watch(request).spec();
    boolean csv = request.mediaType().startsWith("text/csv");
    ReadRows<PredictionRows> read =
        read(() -> csv ? Intake.csv(body, spec, now) : Intake.baseline(body, spec, now));
    if (read.size() == 0) {
      return done(read, Optional.empty());
    }
    return keep(request, new ModelEntry.BaselineRows(read.rows()), now)
        .thenApply(applied -> reply(read, Optional.empty()));
  }

  /** An object with the key {@code freeze} and nothing else: no row has that key. */
  private static boolean isFreeze(Request request, byte[] body) {
    return request.mediaType().startsWith("application/json")
        && body.length < 1024
        && new String(body, StandardCharsets.UTF_8).strip().matches("(?s)\\{\\s*\"freeze\"\\s*:.*");
  }

  private CompletionStage<Reply> freeze(Request request, Instant now) {
    Frozen asked = request.json(Freeze.class).freeze();
    known(request);
    Instant to = asked.to.orElse(now);
    if (asked.window.isPresent() == asked.from.isPresent()) {
      throw ProblemException.badRequest("freeze: expected either \"window\" or \"from\"");
    }
    Instant from = asked.from.orElseGet(() -> to.minus(asked.window.get()));
    if (!from.isBefore(to)) {
      throw ProblemException.badRequest(
          "freeze: found from %s to %s, expected from before to".formatted(from, to));
    }
    Segment segment = asked.version.map(Segment::version).orElse(Segment.ALL);
    var entry = new ModelEntry.BaselineWindow(segment, from.toEpochMilli(), to.toEpochMilli());
    return keep(request, entry, now)
        .thenApply(rows -> Reply.json(new Taken(rows, 0, Optional.empty(), List.of())));
  }

  private CompletionStage<Reply> importance(Request request) {
    Instant now = clock.instant();
    Weights given = request.json(Weights.class);
    if (given.importance.isEmpty() || given.importance.size() > Intake.MOST_FEATURES) {
      throw ProblemException.badRequest(
          "importance: found %d features, expected 1 to %d"
              .formatted(given.importance.size(), Intake.MOST_FEATURES));
    }
    given.importance.forEach(
        (feature, weight) -> {
          if (!Double.isFinite(weight) || feature.length() > Intake.LONGEST_TEXT) {
            throw Request.wrong("importance." + feature, "" + weight, "a finite number");
          }
        });
    var importance =
        new Importance(given.time.orElse(now), given.version.orElse(""), given.importance);
    watch(request);
    return keep(request, new ModelEntry.Importances(importance), now)
        .thenApply(rows -> Reply.json(new Taken(rows, 0, Optional.empty(), List.of())));
  }

  private interface Reading<T> {
    ReadRows<T> read() throws IntakeProblem;
  }

  private static <T> ReadRows<T> read(Reading<T> reading) {
    try {
      ReadRows<T> read = reading.read();
      if (read.size() == 0 && read.rejected() > 0) {
        throw ProblemException.badRequest(
            "none of %d rows was taken; %s"
                .formatted(read.rejected(), read.problems().getFirst().words()));
      }
      return read;
    } catch (IntakeProblem e) {
      throw ProblemException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private CompletionStage<Integer> keep(Request request, ModelEntry entry, Instant now) {
    return models.accept(request.path("name"), entry, now);
  }

  private static CompletionStage<Reply> done(ReadRows<?> read, Optional<Integer> matched) {
    return CompletableFuture.completedStage(reply(read, matched));
  }

  /** 200 when every row was taken; 207 when some were not, each with its reason. */
  private static Reply reply(ReadRows<?> read, Optional<Integer> matched) {
    return Reply.json(
        read.rejected() == 0 ? 200 : 207,
        new Taken(read.size(), read.rejected(), matched, read.problems()));
  }

  private ModelWatch watch(Request request) {
    String name = request.path("name");
    if (name.length() > LONGEST_NAME) {
      throw ProblemException.badRequest(
          "a model's name has at most %d characters, found %d"
              .formatted(LONGEST_NAME, name.length()));
    }
    try {
      return models.watch(name);
    } catch (Models.TooManyModels e) {
      throw ProblemException.tooMany(String.valueOf(e.getMessage()), Duration.ofMinutes(1));
    }
  }

  private ModelWatch known(Request request) {
    String name = request.path("name");
    return models
        .find(name)
        .orElseThrow(() -> ProblemException.notFound("there is no model " + name));
  }
}
