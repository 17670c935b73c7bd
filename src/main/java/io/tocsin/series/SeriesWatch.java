package io.tocsin.series;

import io.tocsin.label.Labels;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to hear of the samples of some series as they become readable. Each series is asked
 * about once and remembers the answer.
 */
final class SeriesWatch {
  /** The answer of a series nobody has asked about. */
  static final Object NOBODY = new Object();

  /** Watches nothing. */
  static final SeriesWatch NONE = new SeriesWatch(labels -> false, samples -> {});

  private final Object yes = new Object();
  private final Object no = new Object();
  private final Predicate<Labels> wanted;
  private final Consumer<SampleBatch> listener;

  SeriesWatch(Predicate<Labels> wanted, Consumer<SampleBatch> listener) {
    this.wanted = wanted;
    this.listener = listener;
  }

  /** For the writer alone. */
  @SuppressWarnings("ReferenceEquality") // answers are told apart by identity
  boolean wants(MemorySeries series) {
    Object answer = series.watchedBy();
    if (answer == no) {
      return false;
    }
    if (answer != yes) {
      answer = wanted.test(series.labels()) ? yes : no;
      series.watchedBy(answer);
    }
    return answer == yes;
  }

  /** Tells of samples that were appended, if there are any. */
  void tell(SampleBatch.@Nullable Builder samples) {
    if (samples != null) {
      listener.accept(samples.build());
    }
  }
}
