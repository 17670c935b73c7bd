package io.tocsin;

import io.tocsin.engine.ArrivalEvaluation;
import io.tocsin.series.Journal;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import java.util.concurrent.CompletionStage;

/** A journal that tells evaluation on arrival of every sample once it is readable. */
record ArrivingJournal(Journal journal, ArrivalEvaluation arrival, Telemetry telemetry)
    implements Journal {

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
    telemetry.add(Meter.SAMPLES, batch.size(), "own");
    arrival.arrived(batch);
  }
}
