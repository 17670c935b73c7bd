package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Aggregation;
import io.tocsin.promql.Result.Column;
import io.tocsin.promql.Result.Columns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One aggregation over all steps. */
final class AggregationEvaluation {
  private final Evaluation evaluation;
  private final Aggregation aggregation;
  private final int steps;

  AggregationEvaluation(Evaluation evaluation, Aggregation aggregation) {
    this.evaluation = evaluation;
    this.aggregation = aggregation;
    this.steps = evaluation.steps().count();
  }

  Columns result() {
    var groups = new LinkedHashMap<Labels, List<Column>>();
    for (Column column : evaluation.columns(aggregation.expr())) {
      groups
          .computeIfAbsent(aggregation.grouping().key(column.labels()), key -> new ArrayList<>())
          .add(column);
    }
    return switch (aggregation.op()) {
      case SUM -> fold(groups, Statistics::sum);
      case AVG -> fold(groups, Statistics::mean);
      case COUNT -> fold(groups, Statistics::count);
      case MIN -> fold(groups, Statistics::min);
      case MAX -> fold(groups, Statistics::max);
      case GROUP -> fold(groups, (values, from, to) -> 1);
      case STDDEV -> fold(groups, Statistics::deviation);
      case STDVAR -> fold(groups, Statistics::variance);
      case QUANTILE -> quantile(groups);
      case TOPK -> best(groups.values(), true);
      case BOTTOMK -> best(groups.values(), false);
      case COUNT_VALUES -> countValues(groups);
    };
  }

  private Expr parameter() {
    return aggregation.parameter().orElseThrow();
  }

  /** A fold that may depend on the step. */
  private interface StepFold {
    double apply(int step, double[] values, int count);
  }

  private Columns fold(Map<Labels, List<Column>> groups, Statistics.Fold fold) {
    return foldSteps(groups, (step, values, count) -> fold.apply(values, 0, count));
  }

  private Columns quantile(Map<Labels, List<Column>> groups) {
    double[] quantiles = evaluation.scalars(parameter());
    WindowNotes.quantile(evaluation.query(), quantiles, parameter().span());
    return foldSteps(
        groups, (step, values, count) -> Statistics.quantile(quantiles[step], values, 0, count));
  }

  private Columns foldSteps(Map<Labels, List<Column>> groups, StepFold fold) {
    var results = new ArrayList<Column>(groups.size());
    groups.forEach(
        (labels, members) -> {
          evaluation.query().charge(steps);
          var present = new double[members.size()];
          double[] values = Result.nothing(steps);
          for (int i = 0; i < steps; i++) {
            int count = 0;
            for (Column member : members) {
              if (member.has(i)) {
                present[count++] = member.values()[i];
              }
            }
            if (count > 0) {
              values[i] = fold.apply(i, present, count);
            }
          }
          results.add(new Column(labels, values));
        });
    return new Columns(results);
  }

  /** The k largest or smallest of each group at each step, NaN last, the earlier first on a tie. */
  private Columns best(Collection<List<Column>> groups, boolean largest) {
    double[] counts = evaluation.scalars(parameter());
    for (double count : counts) {
      requireCount(count);
    }
    var results = new ArrayList<Column>();
    for (List<Column> members : groups) {
      var kept = members.stream().map(m -> Result.nothing(steps)).toList();
      var order = new ArrayList<Integer>();
      for (int i = 0; i < steps; i++) {
        order.clear();
        int step = i;
        for (int m = 0; m < members.size(); m++) {
          if (members.get(m).has(i)) {
            order.add(m);
          }
        }
        order.sort(Comparator.comparingDouble(m -> rank(members.get(m).values()[step], largest)));
        int wanted = (int) Math.clamp((long) counts[i], 0, order.size());
        for (int m : order.subList(0, wanted)) {
          kept.get(m)[i] = members.get(m).values()[i];
        }
      }
      if (steps > 1) {
        order.clear();
        for (int m = 0; m < members.size(); m++) {
          order.add(m);
        }
      }
      for (int m : order) {
        results.add(new Column(members.get(m).labels(), kept.get(m)));
      }
    }
    return new Columns(results);
  }

  private static double rank(double value, boolean largest) {
    return largest ? -value : value;
  }

  private static void requireCount(double count) {
    if (Double.isNaN(count)) {
      throw Evaluation.failed("Parameter value is NaN");
    }
    if (Math.abs(count) >= 0x1p63) {
      throw Evaluation.failed("Scalar value " + Numbers.format(count) + " overflows int64");
    }
  }

  private Columns countValues(Map<Labels, List<Column>> groups) {
    String name = evaluation.text(parameter());
    if (name.isEmpty()) {
      throw Evaluation.failed("invalid label name \"\"");
    }
    var counts = new LinkedHashMap<Labels, double[]>();
    groups.forEach(
        (labels, members) -> {
          for (Column member : members) {
            for (int i = 0; i < steps; i++) {
              if (member.has(i)) {
                Labels key = labels.with(name, Numbers.format(member.values()[i]));
                double[] row = counts.computeIfAbsent(key, k -> Result.nothing(steps));
                row[i] = new Column(key, row).has(i) ? row[i] + 1 : 1;
              }
            }
          }
        });
    var results = new ArrayList<Column>(counts.size());
    counts.forEach((labels, values) -> results.add(new Column(labels, values)));
    return new Columns(results);
  }
}
