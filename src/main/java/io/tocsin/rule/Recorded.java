package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.StaleMarker;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a rule writes at one evaluation.
 *
 * @param samples new values, and a stale marker for each series written before but not now
 * @param series those that got a value
 */
public record Recorded(SampleBatch samples, Set<Labels> series) {

  /** Nothing yet. */
  public static final Recorded NONE = new Recorded(SampleBatch.EMPTY, Set.of());

  public Recorded {
    series = Set.copyOf(series);
  }

  /**
   * The samples, and an end to the series that are no longer among them.
   *
   * @param time milliseconds since the epoch
   */
  public static Recorded after(Recorded before, SampleBatch samples, long time) {
    var series = new LinkedHashSet<Labels>();
    for (int i = 0; i < samples.size(); i++) {
      series.add(samples.labels(i));
    }
    var all = SampleBatch.builder().addAll(samples);
    for (Labels old : before.series()) {
      if (!series.contains(old)) {
        all.add(old, time, StaleMarker.VALUE);
      }
    }
    return new Recorded(all.build(), series);
  }
}
