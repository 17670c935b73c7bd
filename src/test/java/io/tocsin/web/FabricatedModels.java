package io.tocsin.web;

import io.tocsin.alert.AlertView;
import io.tocsin.drift.DriftTest;
import io.tocsin.model.DriftQuestion;
import io.tocsin.model.Importance;
import io.tocsin.model.Intake;
import io.tocsin.model.IntakeProblem;
import io.tocsin.model.ModelEntry;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ModelStore;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import io.tocsin.model.health.HealthBoard;
import io.tocsin.model.report.ReportStore;
import io.tocsin.model.report.ReportWriter;
import io.tocsin.rule.drift.WatchedModels;
import io.tocsin.statuspage.Fabricated;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Made-up predictions behind the pages of models: what is measured of them is real. */
final class FabricatedModels {

  /** It drifts, it is slower than it should be, and its accuracy falls. */
  static final String RANKER = "signal-ranker";

  /** As many inputs as a model may have. */
  static final String WIDE = "wide";

  private static final Duration DAY = Duration.ofDays(1);

  private final Models models = new Models(ModelStore.inMemory());
  private final ReportStore reports = ReportStore.inMemory();
  private final Random random = new Random(7);
  private final Instant now;

  private FabricatedModels(Instant now) {
    this.now = now;
  }

  /** No model at all. */
  static ModelPorts none(AlertView alerts, Instant now) {
    return new FabricatedModels(now).ports(alerts);
  }

  /** One that drifts, one that is well, one that says nothing, and one with a hostile name. */
  static ModelPorts busy(AlertView alerts, Instant now) {
    var made = new FabricatedModels(now);
    made.ranker();
    made.well("churn");
    made.lines("idle", "{\"prediction\":\"a\",\"features\":{\"x\":1}}", now.minus(DAY));
    made.hostile(Fabricated.HOSTILE);
    return made.ports(alerts);
  }

  /** A model with 1,000 inputs, each compared with its reference. */
  static ModelPorts wide(AlertView alerts, Instant now) {
    var made = new FabricatedModels(now);
    made.baseline(WIDE, made.many(1000));
    made.lines(WIDE, made.many(200), now);
    return made.ports(alerts);
  }

  private ModelPorts ports(AlertView alerts) {
    return new ModelPorts(
        models,
        new HealthBoard(models, alerts),
        reports,
        watch -> write(watch, day(now)),
        new WatchedModels(models),
        Optional.of(URI.create("https://grafana.example.com")));
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  private io.tocsin.model.report.ModelReport write(ModelWatch watch, LocalDate day) {
    return ReportWriter.write(
        watch, day, ZoneOffset.UTC, now, reports.latest(watch.spec().name(), day, 7), List.of());
  }

  private interface Reading<T> {
    T read() throws IntakeProblem;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IntakeProblem e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void lines(String model, String lines, Instant at) {
    ModelWatch watch = models.watch(model);
    var rows = read(() -> Intake.predictions(bytes(lines), watch, at));
    keep(model, new ModelEntry.Predictions(rows.rows(), rows.rejected(), 0), at);
  }

  private void truths(String model, String lines, Instant at) {
    ModelWatch watch = models.watch(model);
    var rows = read(() -> Intake.truths(bytes(lines), watch));
    keep(model, new ModelEntry.Truths(rows.rows(), rows.rejected()), at);
  }

  private void baseline(String model, String lines) {
    var rows = read(() -> Intake.baseline(bytes(lines), ModelSpec.of(model), now));
    models.watch(model);
    keep(model, new ModelEntry.BaselineRows(rows.rows()), now.minus(DAY.multipliedBy(31)));
  }

  private void keep(String model, ModelEntry entry, Instant at) {
    models.accept(model, entry, at).toCompletableFuture().join();
  }

  private void ranker() {
    var ask =
        new DriftQuestion(
            RANKER,
            Subject.PREDICTION,
            DriftTest.PSI,
            Duration.ofHours(1),
            new ReferenceSource.Baseline(),
            200);
    models.configure(List.of(ModelSpec.of(RANKER)), List.of(ask));
    baseline(RANKER, rows(2000, "v1", 0, 0, 30, i -> 0));
    for (int back = 29; back > 0; back--) {
      Instant at = now.minus(DAY.multipliedBy(back));
      judged(
          RANKER,
          back,
          120,
          back < 12 && back % 2 == 0 ? "v2" : "v1",
          at,
          0.985 - 0.002 * (29 - back));
    }
    weights(Map.of("price_change", 0.6, "volume", 0.3, "sector", 0.1), 20);
    weights(Map.of("price_change", 0.2, "volume", 0.5, "sector", 0.3), 1);
    lines(RANKER, rows(600, "v2", 0.9, 0.08, 58, i -> 3300.0 * i / 600), now);
    ModelWatch watch = models.watch(RANKER);
    for (int back = 1; back < 4; back++) {
      reports.keep(write(watch, day(now).minusDays(back)));
    }
  }

  private void weights(Map<String, Double> weights, int days) {
    Instant at = now.minus(DAY.multipliedBy(days));
    keep(RANKER, new ModelEntry.Importances(new Importance(at, "", weights)), at);
  }

  private void well(String model) {
    baseline(model, rows(2000, "v1", 0, 0, 20, i -> 0));
    judged(model, 1, 400, "v1", now.minus(DAY), 0.99);
    lines(model, rows(400, "v1", 0, 0, 20, i -> 3300.0 * i / 400), now);
  }

  /** Predictions of a day with their truths. */
  private void judged(
      String model, int batch, int count, String version, Instant at, double share) {
    var rows = new StringBuilder();
    var truths = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String id = batch + "-" + i;
      rows.append(
          """
          {"id":"%s","time":"%s","version":"%s","prediction":"buy","confidence":%.3f,"features":{"price_change":%.4f,"volume":%.4f,"sector":"tech"}}
          """
              .formatted(
                  id,
                  at,
                  version,
                  0.8 + 0.19 * random.nextDouble(),
                  random.nextGaussian(),
                  Math.exp(random.nextGaussian())));
      truths.append(
          "{\"id\":\"%s\",\"actual\":\"%s\"}\n".formatted(id, i < count * share ? "buy" : "hold"));
    }
    lines(model, rows.toString(), at);
    truths(model, truths.toString(), at.plus(Duration.ofMinutes(40)));
  }

  /** Rows whose prices are shifted and of whose volumes some are missing; ages in seconds. */
  private String rows(
      int count,
      String version,
      double shift,
      double missing,
      double millis,
      ToDoubleFunction<Integer> age) {
    var lines = new StringBuilder();
    String[] sectors = {"tech", "energy", "health", "finance"};
    for (int i = 0; i < count; i++) {
      String volume =
          random.nextDouble() < missing
              ? "null"
              : "%.4f".formatted(Math.exp(random.nextGaussian()));
      lines.append(
          """
          {"time":"%s","version":"%s","prediction":"%s","confidence":%.3f,"latency_ms":%.2f,"features":{"price_change":%.4f,"volume":%s,"sector":"%s"}}
          """
              .formatted(
                  now.minusMillis((long) (1000 * age.applyAsDouble(i))),
                  version,
                  random.nextDouble() < 0.7 ? "buy" : "hold",
                  0.6 + 0.39 * random.nextDouble(),
                  millis * (0.8 + 0.3 * random.nextDouble()),
                  random.nextGaussian() + shift,
                  volume,
                  sectors[random.nextInt(4)]));
    }
    return lines.toString();
  }

  private void hostile(String name) {
    String row =
        "{\"version\":\"%s\",\"prediction\":\"%s\",\"features\":{\"%s\":\"%s\",\"x\":%d}}\n";
    var lines = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      lines.append(row.formatted(name, name, name, name, i % 50));
    }
    baseline(name, lines.toString());
    lines(name, lines.substring(0, lines.length()), now);
  }

  private String many(int count) {
    var lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("{\"features\":{");
      for (int f = 0; f < 1000; f++) {
        lines.append(f == 0 ? "" : ",").append("\"f%03d\":%d".formatted(f, random.nextInt(100)));
      }
      lines.append("}}\n");
    }
    return lines.toString();
  }
}
