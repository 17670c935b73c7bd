package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Result.Columns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;

/**
 * Functions of classic histograms: series of cumulative counts with an upper bound in {@code le}.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile">
 *     histogram_quantile</a>
 */
final class HistogramFunctions {
  private static final String BOUND = "le";
  private static final int MOST_QUANTILES = 10;

  /** A series of counts up to a bound. */
  private record BucketColumn(double bound, Column column) {}

  /** The series of one histogram, in order of their bounds; and one of them to name it by. */
  private record Family(Column sample, List<BucketColumn> buckets) {}

  private HistogramFunctions() {}

  /** {@code histogram_quantile(q, v)}. */
  static Result quantile(Evaluation evaluation, Call call) {
    double[] quantiles = evaluation.scalars(call.arguments().getFirst());
    Expr vector = call.arguments().getLast();
    WindowNotes.quantile(evaluation.query(), quantiles, call.arguments().getFirst().span());
    var results = new ArrayList<Column>();
    var forced = new ForcedMonotonicity();
    families(evaluation, vector)
        .forEach(
            (labels, family) ->
                results.add(
                    result(
                        evaluation, labels, family, (b, i) -> b.quantile(quantiles[i]), forced)));
    forced.tell(evaluation.query(), vector.span());
    return named(evaluation, results);
  }

  /** {@code histogram_quantiles(v, "label", q, ...)}. */
  static Result quantiles(Evaluation evaluation, Call call) {
    Expr vector = call.arguments().getFirst();
    String label = evaluation.text(call.arguments().get(1));
    List<Expr> wanted = call.arguments().subList(2, call.arguments().size());
    if (wanted.size() > MOST_QUANTILES) {
      throw Evaluation.failed("histogram_quantiles() takes at most 10 quantiles");
    }
    if (!Checks.isLabelName(label)) {
      throw Evaluation.failed(
          "invalid label name in histogram_quantiles(): " + Strings.quote(label));
    }
    var results = new ArrayList<Column>();
    var forced = new ForcedMonotonicity();
    var families = families(evaluation, vector);
    for (Expr one : wanted) {
      double[] quantiles = evaluation.scalars(one);
      WindowNotes.quantile(evaluation.query(), quantiles, one.span());
      families.forEach(
          (labels, family) -> {
            Column all =
                result(evaluation, labels, family, (b, i) -> b.quantile(quantiles[i]), forced);
            perQuantile(all, label, quantiles, results);
          });
    }
    forced.tell(evaluation.query(), vector.span());
    return named(evaluation, results);
  }

  /** A quantile that changes from step to step makes a series for each of its values. */
  private static void perQuantile(Column all, String label, double[] quantiles, List<Column> into) {
    var byQuantile = new LinkedHashMap<Double, double[]>();
    for (int i = 0; i < quantiles.length; i++) {
      if (all.has(i)) {
        byQuantile.computeIfAbsent(quantiles[i], q -> Result.nothing(quantiles.length))[i] =
            all.values()[i];
      }
    }
    byQuantile.forEach(
        (quantile, values) ->
            into.add(all.with(values).with(all.labels().with(label, openMetrics(quantile)))));
  }

  /** As OpenMetrics writes a float: with a decimal point or an exponent. */
  private static String openMetrics(double value) {
    String text = Numbers.format(value);
    boolean whole = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    return whole ? text + ".0" : text;
  }

  /** {@code histogram_fraction(lower, upper, v)}. */
  static Result fraction(Evaluation evaluation, Call call) {
    double[] lower = evaluation.scalars(call.arguments().get(0));
    double[] upper = evaluation.scalars(call.arguments().get(1));
    Expr vector = call.arguments().get(2);
    var results = new ArrayList<Column>();
    families(evaluation, vector)
        .forEach(
            (labels, family) ->
                results.add(
                    result(
                        evaluation,
                        labels,
                        family,
                        (buckets, i) -> buckets.fraction(lower[i], upper[i]),
                        new ForcedMonotonicity())));
    return named(evaluation, results);
  }

  /** A function of native histograms: none are kept here, so there is nothing to answer. */
  static Result ofNative(Evaluation evaluation, Call call) {
    Expr vector = call.arguments().getLast();
    evaluation.source(vector);
    String text = "native histograms are not stored here, %s() of other samples is empty";
    evaluation.query().inform(text.formatted(call.function().name()), vector.span());
    return Columns.EMPTY;
  }

  private static Result named(Evaluation evaluation, List<Column> results) {
    return evaluation.query().limits().delayedNames()
        ? new Columns(results)
        : new Columns(Evaluation.distinct(results).list(), true);
  }

  private interface BucketMath {
    double apply(Buckets buckets, int step);
  }

  private static Column result(
      Evaluation evaluation,
      Labels labels,
      Family family,
      BucketMath math,
      ForcedMonotonicity forced) {
    int steps = evaluation.steps().count();
    double[] values = Result.nothing(steps);
    var buckets = new Buckets(family.buckets.size());
    for (int i = 0; i < steps; i++) {
      buckets.clear();
      for (BucketColumn column : family.buckets) {
        if (column.column.has(i)) {
          buckets.put(column.bound, column.column.values()[i]);
        }
      }
      if (!buckets.isEmpty()) {
        values[i] = math.apply(buckets, i);
        forced.note(buckets, labels.get(Labels.NAME), evaluation.steps().at(i));
      }
    }
    return evaluation.nameless(family.sample.with(labels), values);
  }

  /** The histograms among the series, by their labels without the bound. */
  private static LinkedHashMap<Labels, Family> families(Evaluation evaluation, Expr vector) {
    var families = new LinkedHashMap<Labels, Family>();
    BiConsumer<Column, Double> add =
        (column, bound) ->
            families
                .computeIfAbsent(
                    column.labels().without(BOUND), key -> new Family(column, new ArrayList<>()))
                .buckets
                .add(new BucketColumn(bound, column));
    evaluation
        .source(vector)
        .each(
            column -> {
              OptionalDouble bound = Numbers.parseSigned(column.labels().get(BOUND));
              if (bound.isPresent()) {
                add.accept(column, bound.getAsDouble());
              } else {
                evaluation.query().warn(malformed(column.labels()), vector.span());
              }
            });
    families
        .values()
        .forEach(family -> family.buckets.sort(Comparator.comparingDouble(BucketColumn::bound)));
    return families;
  }

  private static String malformed(Labels labels) {
    String of =
        labels.has(Labels.NAME) ? " for metric name " + Strings.quote(labels.metricName()) : "";
    return "bucket label \"le\" is missing or has a malformed value of "
        + Strings.quote(labels.get(BOUND))
        + of;
  }
}
