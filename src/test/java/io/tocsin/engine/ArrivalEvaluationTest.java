package io.tocsin.engine;

import static io.tocsin.Eventually.eventually;
import static io.tocsin.alert.AlertExamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertExamples;
import io.tocsin.alert.Evaluation;
import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivalEvaluationTest {
  private static final SampleBatch BATCH =
      SampleBatch.of(Labels.of("__name__", "up"), T0.toEpochMilli(), 0);

  private final List<Evaluation> found = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  private List<Evaluation> evaluate() {
    return List.of(AlertExamples.found(AlertExamples.rule("Down"), T0));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void samplesAreEvaluatedAsTheyArrive() throws InterruptedException {
    try (var arrival =
        new ArrivalEvaluation(
            batch -> evaluate(), found::add, ArrivalEvaluation.BUDGET, System::nanoTime)) {
      arrival.start();
      arrival.arrived(BATCH);
      arrival.arrived(SampleBatch.EMPTY);
      eventually(Duration.ofSeconds(8), () -> assertThat(found).hasSize(1));
      assertThat(arrival.evaluated()).isEqualTo(1);
    }
  }

  @Test
  void beyondTheBudgetRulesAreLeftToTheirInterval() throws InterruptedException {
    PointwiseReaders expensive =
        batch -> {
          pass(Duration.ofMillis(150));
          return evaluate();
        };
    try (var arrival = new ArrivalEvaluation(expensive, found::add, 0.2, nanos::get)) {
      arrival.take(BATCH);
      arrival.take(BATCH);
      assertThat(found).hasSize(2);
      arrival.take(BATCH);
      assertThat(found).hasSize(2);
      assertThat(arrival.leftToInterval()).isEqualTo(1);
      pass(Duration.ofSeconds(1));
      arrival.take(BATCH);
      assertThat(found).hasSize(3);
    }
  }

  @Test
  void whatFindsTheQueueFullIsLeftToTheInterval() throws InterruptedException {
    try (var arrival = new ArrivalEvaluation(batch -> evaluate(), found::add, 0.2, nanos::get)) {
      for (int i = 0; i < ArrivalEvaluation.WAITING + 5; i++) {
        arrival.arrived(BATCH);
      }
      assertThat(arrival.waiting()).isEqualTo(ArrivalEvaluation.WAITING);
      assertThat(arrival.leftToInterval()).isEqualTo(5);
    }
  }

  @Test
  void readersThatThrowDoNotEndTheEvaluation() throws InterruptedException {
    PointwiseReaders broken =
        batch -> {
          throw new IllegalStateException("a bug");
        };
    try (var arrival = new ArrivalEvaluation(broken, found::add, 0.2, nanos::get)) {
      arrival.take(BATCH);
      arrival.take(BATCH);
      assertThat(arrival.leftToInterval()).isZero();
    }
  }
}
