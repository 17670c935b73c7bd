package io.tocsin;

import io.tocsin.series.Journal;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import java.util.concurrent.CompletionStage;

/** A journal whose own samples are counted; those from outside are where they come in. */
record CountedJournal(Journal journal, Telemetry telemetry) implements Journal {

  @Override
  public CompletionStage<AppendResult> accept(SampleBatch batch) {
    return journal.accept(batch);
  }

  @Override
  public void observe(SampleBatch batch) {
    journal.observe(batch);
    telemetry.add(Meter.SAMPLES, batch.size(), "own");
  }
}
