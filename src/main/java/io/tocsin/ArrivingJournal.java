package io.tocsin;

import io.tocsin.engine.ArrivalEvaluation;
import io.tocsin.series.Journal;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleConsumer;

/** A journal that tells evaluation on arrival of every sample once it is readable. */
final class ArrivingJournal implements Journal {

  private final Journal journal;
  private final ArrivalEvaluation arrival;
  private final DoubleConsumer own;

  ArrivingJournal(Journal journal, ArrivalEvaluation arrival, Telemetry telemetry) {
    this.journal = journal;
    this.arrival = arrival;
    this.own = telemetry.counter(Meter.SAMPLES, "own");
  }

  @Override
  public CompletionStage<AppendResult> accept(SampleBatch batch) {
    return journal
        .accept(batch)
        .thenApply(
            result -> {
              arrival.arrived(batch);
              return result;
            });
  }

  @Override
  public void observe(SampleBatch batch) {
    journal.observe(batch);
    own.accept(batch.size());
    arrival.arrived(batch);
  }
}
