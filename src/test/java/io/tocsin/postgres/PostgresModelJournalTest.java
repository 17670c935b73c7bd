package io.tocsin.postgres;

import static io.tocsin.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.drift.DriftScore;
import io.tocsin.drift.DriftTest;
import io.tocsin.model.Comparisons;
import io.tocsin.model.DriftQuestion;
import io.tocsin.model.Importance;
import io.tocsin.model.Intake;
import io.tocsin.model.IntakeProblem;
import io.tocsin.model.ModelEntry;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Segment;
import io.tocsin.model.Subject;
import io.tocsin.series.Journal.JournalFull;
import io.tocsin.series.Journal.JournalUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresModelJournalTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private TestDatabase.Lease lease;
  private Run run;

  /** One life of a process on the database; it ends without saving anything. */
  private final class Run implements AutoCloseable {
    final PostgresModelJournal journal;
    final Models models;

    Run(PostgresModelJournal.Limits limits) {
      journal = new PostgresModelJournal(lease.database(), limits);
      models = new Models(new PostgresModels(lease.database()), journal);
      models.configure(List.of(), List.of());
    }

    CompletableFuture<Integer> predict(String lines) {
      ModelWatch watch = models.watch("ranker");
      var read = read(() -> Intake.predictions(bytes(lines), watch, NOW));
      return accept(new ModelEntry.Predictions(read.rows(), read.rejected(), 0));
    }

    CompletableFuture<Integer> accept(ModelEntry entry) {
      return models.accept("ranker", entry, NOW).toCompletableFuture();
    }

    long rows() {
      return models.find("ranker").map(watch -> watch.predictions().get("v1")).orElse(0L);
    }

    @Override
    public void close() {
      journal.close();
    }
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

  private static String rows(int from, int count) {
    var lines = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      lines.append(
          """
          {"id":"p%d","time":"2026-11-21T09:30:00Z","version":"v1","prediction":"%s",\
          "confidence":0.8,"features":{"x":%d.5,"plan":"%s"}}
          """
              .formatted(i, i % 4 == 0 ? "sell" : "buy", i % 100, i % 2 == 0 ? "pro" : "free"));
    }
    return lines.toString();
  }

  @BeforeEach
  void start() {
    lease = TestDatabase.create();
    run = new Run(PostgresModelJournal.Limits.DEFAULT);
  }

  @AfterEach
  void stop() {
    run.close();
    lease.close();
  }

  private void restart() {
    run.close();
    run = new Run(PostgresModelJournal.Limits.DEFAULT);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterARestartOnceAndWhole() {
    run.predict(rows(0, 500)).join();
    var baseline = read(() -> Intake.baseline(bytes(rows(0, 1000)), spec(), NOW));
    run.accept(new ModelEntry.BaselineRows(baseline.rows())).join();
    run.models.save();
    run.predict(rows(500, 500) + "{\"prediction\": 7}\n").join();
    int matched = judge("p1", "p501", "p2000");
    run.accept(new ModelEntry.Importances(new Importance(NOW, "v1", Map.of("x", .75, "plan", .25))))
        .join();

    for (int life = 0; life < 3; life++) {
      ModelWatch watch = run.models.find("ranker").orElseThrow();
      assertThat(matched).isEqualTo(2);
      assertThat(watch.predictions()).containsExactly(Map.entry("v1", 1000L));
      var judged = watch.judged(Segment.ALL, NOW.minus(Duration.ofHours(1)), NOW);
      assertThat(List.of(judged.predictions(), judged.judged(), judged.right()))
          .containsExactly(1000L, 2L, 2L);
      assertThat(watch.importances("v1").getFirst().weights()).containsEntry("x", .75);
      assertThat(watch.errorsEnd()).isEqualTo(2);
      DriftScore score = Comparisons.score(watch, question(), NOW);
      assertThat(List.of(score.n(), score.m())).containsExactly(1000L, 1000L);
      assertThat(score.statistic()).isZero();
      if (life == 1) {
        run.models.save();
        run.models.save();
      }
      restart();
    }
    assertThat(run.predict(rows(1000, 3)).join()).isEqualTo(3);
    restart();
    assertThat(run.rows()).isEqualTo(1003);
  }

  private int judge(String... ids) {
    var lines = new StringBuilder();
    for (String id : ids) {
      lines.append("{\"id\":\"").append(id).append("\",\"actual\":\"buy\"}\n");
    }
    ModelWatch watch = run.models.watch("ranker");
    var truths = read(() -> Intake.truths(bytes(lines.toString()), watch));
    return run.accept(new ModelEntry.Truths(truths.rows(), 0)).join();
  }

  private static ModelSpec spec() {
    return ModelSpec.of("ranker");
  }

  private static DriftQuestion question() {
    return new DriftQuestion(
        "ranker",
        new Subject.Feature("x"),
        DriftTest.PSI,
        Duration.ofHours(1),
        new ReferenceSource.Baseline(),
        200);
  }

  @Test
  void savedEntriesLeaveTheJournalAndNumbersGoOn() {
    for (int round = 0; round < 5; round++) {
      run.predict(rows(10 * round, 10)).join();
      run.models.save();
    }
    assertThat(kept()).isLessThanOrEqualTo(1);
    restart();
    run.predict(rows(100, 1)).join();
    restart();

    assertThat(run.rows()).isEqualTo(51);
  }

  private long kept() {
    return lease
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT (SELECT count(*) FROM model_journal_a)"
                            + " + (SELECT count(*) FROM model_journal_b)")
                    .mapTo(Long.class)
                    .one());
  }

  @Test
  void aFullQueueRefusesAndLosesNothingItTook() throws Exception {
    run.close();
    run = new Run(new PostgresModelJournal.Limits(20_000, 5_000));
    var taken = new ArrayList<CompletableFuture<Integer>>();
    try (var blocking = lease.database().dedicated(Duration.ofSeconds(30));
        var statement = blocking.createStatement()) {
      blocking.setAutoCommit(false);
      statement.execute("LOCK model_journal_a, model_journal_b IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  CompletableFuture<Integer> one = run.predict(rows(i, 20));
                  taken.add(one);
                  if (one.isCompletedExceptionally()) {
                    taken.remove(one);
                    one.join();
                  }
                }
              })
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(JournalFull.class);
      assertThat(taken).hasSizeGreaterThan(10).noneMatch(CompletableFuture::isDone);
      blocking.rollback();
    }
    for (var one : taken) {
      assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(20);
    }
    restart();
    assertThat(run.rows()).isEqualTo(20L * taken.size());
  }

  @Test
  void aLostConnectionRefusesAndTheNextOneGoesOn() {
    run.predict(rows(0, 5)).join();
    lease
        .database()
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"));
    assertThatThrownBy(() -> run.predict(rows(5, 5)).join())
        .hasCauseInstanceOf(JournalUnavailable.class);
    eventually(
        Duration.ofSeconds(20), () -> assertThat(run.predict(rows(10, 5)).join()).isEqualTo(5));
    long before = run.rows();
    restart();
    assertThat(run.rows()).isEqualTo(before).isBetween(10L, 15L);
  }
}
