package io.tocsin;

import io.tocsin.engine.IncidentListener;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.series.Journal;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.SeriesStore.AppendResult;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the engine needs but which itself needs the engine: set once, before the engine starts. */
final class LateParts implements Journal, IncidentListener {

  private volatile @Nullable Journal journal;
  private volatile @Nullable IncidentListener listener;

  void ready(Journal theJournal, IncidentListener theListener) {
    journal = theJournal;
    listener = theListener;
  }

  @Override
  public CompletionStage<AppendResult> accept(SampleBatch batch) {
    return Objects.requireNonNull(journal).accept(batch);
  }

  @Override
  public void observe(SampleBatch batch) {
    Objects.requireNonNull(journal).observe(batch);
  }

  @Override
  public void happened(IncidentEvent event, Incident after) {
    Objects.requireNonNull(listener).happened(event, after);
  }
}
