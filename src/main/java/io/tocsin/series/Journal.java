package io.tocsin.series;

import java.util.concurrent.CompletionStage;

/**
 * The durable order of samples. One writer per node appends in group commits, so sequence order is
 * commit order is append order.
 */
public interface Journal {

  /**
   * Makes a batch durable, then readable in the store. The stage completes when both are done; it
   * fails with {@link JournalFull} when the bounded queue is full and {@link JournalUnavailable}
   * when the database is away. Nothing of a failed batch is readable later, except that a batch
   * whose commit was in doubt may turn out to be kept.
   */
  CompletionStage<SeriesStore.AppendResult> accept(SampleBatch batch);

  /**
   * For our own samples (probes, scrapes, rules): readable at once, journaled behind. Bounded; what
   * does not fit is readable but not durable, and counted.
   */
  void observe(SampleBatch batch);

  /** The queue in front of the journal is full: answer 429 or 503 and ask to retry. */
  final class JournalFull extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JournalFull(String message) {
      super(message);
    }
  }

  /** The database is away: answer 503 and ask to retry. */
  final class JournalUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JournalUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
