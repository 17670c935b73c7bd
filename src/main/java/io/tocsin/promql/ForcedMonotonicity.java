package io.tocsin.promql;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What to tell of histograms whose counts fell from one bucket to the next, per metric name. */
final class ForcedMonotonicity {

  private static final class Seen {
    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private double largest;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private int samples;
  }

  private final Map<String, Seen> seen = new LinkedHashMap<>();

  /** Takes note when the buckets had to be fixed. */
  void note(Buckets buckets, String metric, long time) {
    if (!buckets.forced()) {
      return;
    }
    Seen of = seen.computeIfAbsent(metric, name -> new Seen());
    of.lowest = Math.min(of.lowest, buckets.lowestForced());
    of.highest = Math.max(of.highest, buckets.highestForced());
    of.largest = Math.max(of.largest, buckets.largestDrop());
    of.first = Math.min(of.first, time);
    of.last = Math.max(of.last, time);
    of.samples++;
  }

  /** One info for each metric. */
  void tell(Query query, Span where) {
    seen.forEach(
        (metric, of) ->
            query.inform(
                "input to histogram_quantile needed to be fixed for monotonicity (see"
                    + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
                    + (metric.isEmpty() ? "" : " for metric name " + Strings.quote(metric))
                    + ", from buckets %s to %s, with a max diff of %s, over %d samples from %s to %s"
                        .formatted(
                            Numbers.shortest(of.lowest),
                            Numbers.shortest(of.highest),
                            Numbers.twoDigits(of.largest),
                            of.samples,
                            Instant.ofEpochSecond(Math.floorDiv(of.first, 1000L)),
                            Instant.ofEpochSecond(Math.floorDiv(of.last, 1000L))),
                where));
  }
}
