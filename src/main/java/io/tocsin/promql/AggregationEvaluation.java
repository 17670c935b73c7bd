package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Aggregation;
import io.tocsin.promql.Result.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;

/** One aggregation over all steps. Where it can it takes in series one by one and keeps none. */
final class AggregationEvaluation {
  private final Evaluation evaluation;
  private final Aggregation aggregation;
  private final LabelKeys keys;
  private final int steps;

  AggregationEvaluation(Evaluation evaluation, Aggregation aggregation) {
    this.evaluation = evaluation;
    this.aggregation = aggregation;
    Grouping grouping = aggregation.grouping();
    this.keys =
        grouping.without() ? LabelKeys.without(grouping.labels()) : LabelKeys.by(grouping.labels());
    this.steps = evaluation.steps().count();
  }

  Columns result() {
    return switch (aggregation.op()) {
      case SUM -> accumulate(() -> new Accumulator.Sum(steps));
      case AVG -> accumulate(() -> new Accumulator.Mean(steps));
      case COUNT -> accumulate(() -> new Accumulator.Count(steps));
      case MIN -> accumulate(() -> new Accumulator.Extreme(steps, false));
      case MAX -> accumulate(() -> new Accumulator.Extreme(steps, true));
      case GROUP -> accumulate(() -> new Accumulator.Group(steps));
      case STDDEV -> accumulate(() -> new Accumulator.Spread(steps, true));
      case STDVAR -> accumulate(() -> new Accumulator.Spread(steps, false));
      case QUANTILE -> quantile();
      case TOPK, BOTTOMK, LIMITK, LIMIT_RATIO ->
          new Choosing(evaluation, aggregation).chosen(members());
      case COUNT_VALUES -> countValues();
    };
  }

  private Expr parameter() {
    return aggregation.parameter().orElseThrow();
  }

  private Columns accumulate(Supplier<Accumulator> fresh) {
    var groups = new ArrayList<Accumulator>();
    var leaving = new ArrayList<Boolean>();
    Source source = evaluation.source(aggregation.expr());
    source.each(
        column -> {
          int group = keys.group(column);
          if (group == groups.size()) {
            evaluation.query().charge(steps);
            groups.add(fresh.get());
            leaving.add(false);
          }
          groups.get(group).add(column.values());
          if (column.isNameLeaving()) {
            leaving.set(group, true);
          }
        });
    var results = new ArrayList<Column>(groups.size());
    for (int group = 0; group < groups.size(); group++) {
      Labels labels = keys.labels(group);
      results.add(column(labels, groups.get(group).values(), leaving.get(group)));
    }
    return columns(results);
  }

  /** A name that is grouped by leaves with the name of any member. */
  private static Column column(Labels labels, double[] values, boolean leaving) {
    return Column.of(labels, values, leaving && labels.has(Labels.NAME));
  }

  /** The labels of groups differ; they still do without the name when they have none. */
  private Columns columns(List<Column> results) {
    boolean named =
        !aggregation.grouping().without()
            && aggregation.grouping().labels().stream().anyMatch(name -> name.startsWith("__"));
    return new Columns(results, !named);
  }

  private List<List<Column>> members() {
    var members = new ArrayList<List<Column>>();
    evaluation
        .source(aggregation.expr())
        .each(
            column -> {
              int group = keys.group(column);
              if (group == members.size()) {
                members.add(new ArrayList<>());
              }
              members.get(group).add(column);
            });
    return members;
  }

  private Columns quantile() {
    double[] quantiles = evaluation.scalars(parameter());
    WindowNotes.quantile(evaluation.query(), quantiles, parameter().span());
    List<List<Column>> groups = members();
    var results = new ArrayList<Column>(groups.size());
    for (int group = 0; group < groups.size(); group++) {
      List<Column> members = groups.get(group);
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
          values[i] = Statistics.quantile(quantiles[i], present, 0, count);
        }
      }
      boolean leaving = members.stream().anyMatch(Column::isNameLeaving);
      results.add(column(keys.labels(group), values, leaving));
    }
    return columns(results);
  }

  private Columns countValues() {
    String name = evaluation.text(parameter());
    if (!Checks.isLabelName(name)) {
      throw Evaluation.failed("invalid label name " + Strings.quote(name));
    }
    var counts = new LinkedHashMap<Labels, double[]>();
    evaluation
        .source(aggregation.expr())
        .each(
            column -> {
              Labels labels = keys.labels(keys.group(column));
              for (int i = 0; i < steps; i++) {
                if (column.has(i)) {
                  Labels key = labels.with(name, Numbers.format(column.values()[i]));
                  double[] row = counts.computeIfAbsent(key, k -> counted());
                  row[i] = Column.of(key, row).has(i) ? row[i] + 1 : 1;
                }
              }
            });
    var results = new ArrayList<Column>(counts.size());
    counts.forEach((labels, values) -> results.add(Column.of(labels, values)));
    return new Columns(results);
  }

  private double[] counted() {
    evaluation.query().charge(steps);
    return Result.nothing(steps);
  }
}
