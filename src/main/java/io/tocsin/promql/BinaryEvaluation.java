package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.promql.Expr.Binary;
import io.tocsin.promql.Result.Column;
import io.tocsin.promql.Result.Columns;
import io.tocsin.promql.Result.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One binary operation over all steps; two vectors go on to {@link VectorMatching}. */
final class BinaryEvaluation {
  private final Evaluation evaluation;
  private final Binary binary;
  private final int steps;

  BinaryEvaluation(Evaluation evaluation, Binary binary) {
    this.evaluation = evaluation;
    this.binary = binary;
    this.steps = evaluation.steps().count();
  }

  Result result() {
    Result left = evaluation.eval(binary.left());
    Result right = evaluation.eval(binary.right());
    if (left instanceof Numbers l && right instanceof Numbers r) {
      var values = new double[steps];
      for (int i = 0; i < steps; i++) {
        values[i] = binary.op().apply(l.values()[i], r.values()[i]);
      }
      return new Numbers(values);
    }
    if (left instanceof Columns l && right instanceof Numbers r) {
      return withScalar(l.list(), r.values(), false);
    }
    if (left instanceof Numbers l && right instanceof Columns r) {
      return withScalar(r.list(), l.values(), true);
    }
    List<Column> lefts = ((Columns) left).list();
    List<Column> rights = ((Columns) right).list();
    return binary.op().kind() == BinaryOp.Kind.SET
        ? set(lefts, rights)
        : new VectorMatching(evaluation, binary).match(lefts, rights);
  }

  private Columns withScalar(List<Column> columns, double[] scalars, boolean scalarFirst) {
    boolean filter = binary.op().kind() == BinaryOp.Kind.COMPARISON && !binary.bool();
    var results = new ArrayList<Column>(columns.size());
    for (Column column : columns) {
      double[] values = Result.nothing(steps);
      for (int i = 0; i < steps; i++) {
        if (!column.has(i)) {
          continue;
        }
        double value = column.values()[i];
        double answer =
            scalarFirst
                ? binary.op().apply(scalars[i], value)
                : binary.op().apply(value, scalars[i]);
        if (!filter) {
          values[i] = answer;
        } else if (answer != 0) {
          values[i] = value;
        }
      }
      Labels labels = column.labels();
      results.add(new Column(filter ? labels : labels.without(Labels.NAME), values));
    }
    return evaluation.distinct(results);
  }

  private Columns set(List<Column> lefts, List<Column> rights) {
    Map<Labels, boolean[]> onLeft = presence(lefts);
    Map<Labels, boolean[]> onRight = presence(rights);
    return switch (binary.op()) {
      case AND -> new Columns(keep(lefts, onRight, true));
      case UNLESS -> new Columns(keep(lefts, onRight, false));
      default -> {
        var union = new ArrayList<Column>(lefts);
        union.addAll(keep(rights, onLeft, false));
        yield evaluation.distinct(union);
      }
    };
  }

  /** At which steps each match group has an element. */
  private Map<Labels, boolean[]> presence(List<Column> columns) {
    var presence = new HashMap<Labels, boolean[]>();
    for (Column column : columns) {
      boolean[] there =
          presence.computeIfAbsent(
              VectorMatching.key(binary.matching(), column.labels()), key -> new boolean[steps]);
      for (int i = 0; i < steps; i++) {
        there[i] |= column.has(i);
      }
    }
    return presence;
  }

  private List<Column> keep(List<Column> columns, Map<Labels, boolean[]> other, boolean wanted) {
    var nowhere = new boolean[steps];
    var results = new ArrayList<Column>(columns.size());
    for (Column column : columns) {
      boolean[] there =
          other.getOrDefault(VectorMatching.key(binary.matching(), column.labels()), nowhere);
      double[] values = Result.nothing(steps);
      for (int i = 0; i < steps; i++) {
        if (there[i] == wanted) {
          values[i] = column.values()[i];
        }
      }
      results.add(new Column(column.labels(), values));
    }
    return results;
  }
}
