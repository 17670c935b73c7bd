package io.tocsin.rule.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.model.Intake;
import io.tocsin.model.IntakeProblem;
import io.tocsin.model.ModelEntry;
import io.tocsin.model.ModelStore;
import io.tocsin.model.Models;
import io.tocsin.model.ReferenceSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every metric of a drop, on a model whose answers are 0 or 1 with a score, so that all apply. */
class MetricsTest {

  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final double SURE = 0.8;
  private static final double UNSURE = 0.3;

  /** Judged rows: six hours of one quality, then an hour of another. */
  private static Models models(double before, double after, int labelled) {
    var models = new Models(ModelStore.inMemory());
    var random = new Random(11);
    feed(models, random, before, START, Duration.ofHours(6), 3000);
    feed(models, random, after, START.plus(HOUR.multipliedBy(6)), HOUR, labelled);
    return models;
  }

  private static void feed(
      Models models, Random random, double pull, Instant from, Duration over, int count) {
    var rows = new StringBuilder();
    var truths = new StringBuilder();
    for (int i = 0; i < count; i++) {
      int truth = random.nextInt(2);
      double score = Math.clamp(.5 + pull * (truth - .5) + .25 * random.nextGaussian(), .01, .99);
      Instant at = from.plusMillis(over.toMillis() * i / count);
      String id = at + "-" + i;
      rows.append(
          "{\"id\":\"%s\",\"time\":\"%s\",\"prediction\":%d,\"score\":%.6f}\n"
              .formatted(id, at, score > .5 ? 1 : 0, score));
      truths.append("{\"id\":\"%s\",\"actual\":%d}\n".formatted(id, truth));
    }
    Instant now = from.plus(over);
    try {
      var watch = models.watch("m");
      var read = Intake.predictions(bytes(rows), watch, now);
      assertThat(read.rejected()).as("%s", read.problems()).isZero();
      models.accept("m", new ModelEntry.Predictions(read.rows(), 0, 0), now);
      models.accept("m", new ModelEntry.Truths(Intake.truths(bytes(truths), watch).rows(), 0), now);
    } catch (IntakeProblem e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Row row(Metric metric, Models models) {
    var terms =
        new DriftTerms(
            Target.of("m"),
            new Criterion.Performance(metric),
            Optional.of(HOUR),
            Optional.of(new ReferenceSource.Trailing(Duration.ofHours(6), HOUR)),
            Thresholds.of(0.03, 0.05),
            200,
            500,
            Side.WORSE,
            1,
            0.8,
            Optional.empty(),
            Optional.empty());
    var about = new About("r", "Rule", Optional.empty(), (target, level) -> target.labels());
    List<DriftJudge.Judged> judged =
        new DriftJudge(new WatchedModels(models), FindingStore.inMemory())
            .evaluate(about, terms, HOUR, START.plus(HOUR.multipliedBy(7)));
    return judged.getFirst().reading().rows().getFirst();
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void aWorseModelIsADropWhicheverWayTheMetricPoints(Metric metric) {
    Row worse = row(metric, models(SURE, UNSURE, 600));
    assertThat(worse.state()).as(worse.words()).isEqualTo(Row.State.CRITICAL);
    assertThat(worse.statistic()).isPositive();
    assertThat(worse.p().orElse(1)).isLessThan(0.01);
    assertThat(worse.method()).isEqualTo(metric.id());

    assertThat(row(metric, models(UNSURE, SURE, 600)).state()).isEqualTo(Row.State.IMPROVED);
    Row same = row(metric, models(SURE, SURE, 600));
    assertThat(same.state()).as(same.words()).isEqualTo(Row.State.QUIET);
    assertThat(row(metric, models(SURE, UNSURE, 150)).state())
        .isEqualTo(Row.State.INSUFFICIENT_DATA);
  }
}
