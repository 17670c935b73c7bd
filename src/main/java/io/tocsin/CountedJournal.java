package io.tocsin;

import io.tocsin.series.Journal;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleConsumer;

/** A journal whose own samples are counted; those from outside are where they come in. */
final class CountedJournal implements Journal {

  private final Journal journal;
  private final DoubleConsumer own;

  CountedJournal(Journal journal, Telemetry telemetry) {
    this.journal = journal;
    this.own = telemetry.counter(Meter.SAMPLES, "own");
  }

  @Override
  public CompletionStage<AppendResult> accept(SampleBatch batch) {
    return journal.accept(batch);
  }

  @Override
  public void observe(SampleBatch batch) {
    journal.observe(batch);
    own.accept(batch.size());
  }
}
