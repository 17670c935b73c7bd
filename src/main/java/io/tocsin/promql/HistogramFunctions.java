package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Result.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Quantiles of classic histograms: cumulative buckets with an upper bound in {@code le}.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile">
 *     histogram_quantile</a>
 */
final class HistogramFunctions {
  private static final String BOUND = "le";

  /** Relative difference below which a decrease is rounding, as in Prometheus. */
  private static final double TOLERANCE = 1e-12;

  /** A series of counts up to a bound. */
  private record BucketColumn(double bound, Column column) {}

  /** A count up to a bound at one step. */
  private record Bucket(double bound, double count) {}

  private HistogramFunctions() {}

  static Result quantile(Evaluation evaluation, Call call) {
    double[] quantiles = evaluation.scalars(call.arguments().getFirst());
    Expr argument = call.arguments().getLast();
    WindowNotes.quantile(evaluation.query(), quantiles, call.arguments().getFirst().span());
    var histograms = new LinkedHashMap<Labels, List<BucketColumn>>();
    for (Column column : evaluation.columns(argument)) {
      OptionalDouble bound = Numbers.parseSigned(column.labels().get(BOUND));
      if (bound.isEmpty()) {
        evaluation
            .query()
            .warn(
                "bucket label \"le\" is missing or has a malformed value of "
                    + Strings.quote(column.labels().get(BOUND)),
                argument.span());
        continue;
      }
      histograms
          .computeIfAbsent(column.labels().without(BOUND), key -> new ArrayList<>())
          .add(new BucketColumn(bound.getAsDouble(), column));
    }
    var results = new ArrayList<Column>(histograms.size());
    histograms.forEach(
        (labels, buckets) -> {
          buckets.sort(Comparator.comparingDouble(BucketColumn::bound));
          double[] values = quantiles(evaluation, argument, quantiles, buckets);
          results.add(new Column(labels.without(Labels.NAME), values));
        });
    return evaluation.distinct(results);
  }

  private static double[] quantiles(
      Evaluation evaluation, Expr argument, double[] quantiles, List<BucketColumn> columns) {
    double[] values = Result.nothing(quantiles.length);
    var buckets = new ArrayList<Bucket>(columns.size());
    boolean forced = false;
    for (int i = 0; i < values.length; i++) {
      buckets.clear();
      for (BucketColumn column : columns) {
        if (column.column().has(i)) {
          put(buckets, new Bucket(column.bound(), column.column().values()[i]));
        }
      }
      if (!buckets.isEmpty()) {
        forced |= ensureMonotonic(buckets);
        values[i] = quantile(quantiles[i], buckets);
      }
    }
    if (forced) {
      evaluation
          .query()
          .inform(
              "input to histogram_quantile needed to be fixed for monotonicity (see"
                  + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)",
              argument.span());
    }
    return values;
  }

  /** Buckets with the same bound, as in {@code 1} and {@code 1.0}, count together. */
  private static void put(List<Bucket> buckets, Bucket bucket) {
    if (!buckets.isEmpty() && buckets.getLast().bound() == bucket.bound()) {
      Bucket same = buckets.removeLast();
      buckets.add(new Bucket(bucket.bound(), same.count() + bucket.count()));
    } else {
      buckets.add(bucket);
    }
  }

  /** Lifts each count to the one before; answers whether any real decrease was lifted. */
  private static boolean ensureMonotonic(List<Bucket> buckets) {
    boolean forced = false;
    double before = buckets.getFirst().count();
    for (int i = 1; i < buckets.size(); i++) {
      double count = buckets.get(i).count();
      boolean close = Math.abs(count - before) <= TOLERANCE * Math.abs(count + before);
      if (close || count < before) {
        forced |= !close;
        buckets.set(i, new Bucket(buckets.get(i).bound(), before));
      } else {
        before = count;
      }
    }
    return forced;
  }

  private static double quantile(double q, List<Bucket> buckets) {
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0 || q > 1) {
      return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    int last = buckets.size() - 1;
    double observations = buckets.get(last).count();
    boolean complete = buckets.get(last).bound() == Double.POSITIVE_INFINITY;
    if (!complete || last == 0 || observations == 0 || Double.isNaN(observations)) {
      return Double.NaN;
    }
    double rank = q * observations;
    int b = 0;
    while (b < last && !(buckets.get(b).count() >= rank)) {
      b++;
    }
    if (b == last) {
      return buckets.get(last - 1).bound();
    }
    double end = buckets.get(b).bound();
    if (b == 0 && end <= 0) {
      return end;
    }
    double start = b == 0 ? 0 : buckets.get(b - 1).bound();
    double below = b == 0 ? 0 : buckets.get(b - 1).count();
    return start + (end - start) * ((rank - below) / (buckets.get(b).count() - below));
  }
}
