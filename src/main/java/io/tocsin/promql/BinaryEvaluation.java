package io.tocsin.promql;

import io.tocsin.promql.Expr.Binary;
import io.tocsin.promql.Result.Columns;
import java.util.ArrayList;
import java.util.List;

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

  /** Of two scalars. */
  double[] scalars() {
    double[] left = evaluation.scalars(binary.left());
    double[] right = evaluation.scalars(binary.right());
    var values = new double[steps];
    for (int i = 0; i < steps; i++) {
      values[i] = binary.op().apply(left[i], right[i]);
    }
    return values;
  }

  /** With a vector on one side or both. */
  Source source() {
    boolean scalarLeft = binary.left().type() == ValueType.SCALAR;
    boolean scalarRight = binary.right().type() == ValueType.SCALAR;
    if (binary.op().kind() == BinaryOp.Kind.TRIM) {
      return trimmed(scalarRight);
    }
    if (scalarRight) {
      Source vector = evaluation.source(binary.left());
      return withScalar(vector, evaluation.scalars(binary.right()), false);
    }
    if (scalarLeft) {
      double[] scalars = evaluation.scalars(binary.left());
      return withScalar(evaluation.source(binary.right()), scalars, true);
    }
    Source lefts = evaluation.source(binary.left());
    Source rights = evaluation.source(binary.right());
    return binary.op().kind() == BinaryOp.Kind.SET
        ? set(lefts, rights)
        : new VectorMatching(evaluation, binary).match(lefts.list(), rights.list());
  }

  /** Floats cannot be trimmed: there is no result, and whoever asks is told. */
  private Columns trimmed(boolean scalarRight) {
    boolean any = !evaluation.columns(binary.left()).isEmpty();
    if (any && (scalarRight || !evaluation.columns(binary.right()).isEmpty())) {
      String op = binary.op().symbol();
      evaluation
          .query()
          .inform(
              "incompatible sample types encountered for binary operator %s: float %s float"
                  .formatted(Strings.quote(op), op),
              binary.left().span());
    }
    return Columns.EMPTY;
  }

  private Source withScalar(Source source, double[] scalars, boolean scalarFirst) {
    boolean filter = binary.op().kind() == BinaryOp.Kind.COMPARISON && !binary.bool();
    if (filter) {
      return source.map(column -> column.with(filtered(column, scalars, scalarFirst)));
    }
    return evaluation.withoutNames(
        source,
        column -> {
          double[] values = Result.nothing(steps);
          for (int i = 0; i < steps; i++) {
            if (column.has(i)) {
              values[i] = apply(column.values()[i], scalars[i], scalarFirst);
            }
          }
          return evaluation.nameless(column, values);
        });
  }

  private double[] filtered(Column column, double[] scalars, boolean scalarFirst) {
    double[] values = Result.nothing(steps);
    for (int i = 0; i < steps; i++) {
      if (column.has(i) && apply(column.values()[i], scalars[i], scalarFirst) != 0) {
        values[i] = column.values()[i];
      }
    }
    return values;
  }

  private double apply(double value, double scalar, boolean scalarFirst) {
    return scalarFirst ? binary.op().apply(scalar, value) : binary.op().apply(value, scalar);
  }

  private Source set(Source left, Source right) {
    return switch (binary.op()) {
      case AND -> kept(left, right, true);
      case UNLESS -> kept(left, right, false);
      default -> {
        List<Column> lefts = left.list();
        var union = new ArrayList<Column>(lefts);
        kept(right, new Columns(lefts), false).each(union::add);
        yield Evaluation.distinct(union);
      }
    };
  }

  /** What of a side has, or has not, an element of the other in its match group. */
  private Source kept(Source side, Source other, boolean wanted) {
    LabelKeys keys = VectorMatching.keys(binary.matching());
    var presence = new ArrayList<boolean[]>();
    other.each(
        column -> {
          int group = keys.group(column);
          if (group == presence.size()) {
            presence.add(new boolean[steps]);
          }
          boolean[] there = presence.get(group);
          for (int i = 0; i < steps; i++) {
            there[i] |= column.has(i);
          }
        });
    var nowhere = new boolean[steps];
    return side.map(
        column -> {
          int group = keys.known(column);
          boolean[] there = group < 0 ? nowhere : presence.get(group);
          double[] values = Result.nothing(steps);
          for (int i = 0; i < steps; i++) {
            if (there[i] == wanted) {
              values[i] = column.values()[i];
            }
          }
          return column.with(values);
        });
  }
}
