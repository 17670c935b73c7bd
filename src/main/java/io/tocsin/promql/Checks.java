package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr.Aggregation;
import io.tocsin.promql.Expr.Binary;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Expr.Subquery;
import io.tocsin.promql.Expr.Unary;
import io.tocsin.promql.Expr.VectorSelector;
import java.util.List;

/** Types and other rules that hold beyond the grammar; each answers the node it was given. */
final class Checks {

  /** What stands in for bytes that are no UTF-8. */
  private static final char BROKEN = '\ufffd';

  private Checks() {}

  /**
   * A selector must say something.
   *
   * @param named whether the metric name was written as a name, not as a matcher
   */
  static VectorSelector selector(VectorSelector selector, boolean named) {
    List<Matcher> matchers = selector.matchers();
    if (matchers.stream().allMatch(m -> m.matches(""))) {
      throw new ParseProblem(
          selector.span(), "vector selector must contain at least one non-empty matcher");
    }
    List<Matcher> names = matchers.stream().filter(m -> m.name().equals(Labels.NAME)).toList();
    if (names.size() > 1 && named) {
      throw new ParseProblem(
          selector.span(),
          "metric name must not be set twice: \"%s\" or \"%s\""
              .formatted(names.get(0).value(), names.get(1).value()));
    }
    return selector;
  }

  static Subquery subquery(Subquery subquery) {
    ValueType type = subquery.expr().type();
    if (type != ValueType.INSTANT_VECTOR) {
      throw new ParseProblem(
          subquery.span(),
          "subquery is only allowed on instant vector, got "
              + (type == ValueType.RANGE_VECTOR ? "matrix" : type)
              + " instead");
    }
    return subquery;
  }

  static Unary unary(Unary unary) {
    if (!isNumeric(unary.expr().type())) {
      throw new ParseProblem(
          unary.span(),
          "unary expression only allowed on expressions of type scalar or instant vector, got \"%s\""
              .formatted(unary.expr().type()));
    }
    return unary;
  }

  static Call call(Call call) {
    Function function = call.function();
    int found = call.arguments().size();
    if (found < function.least() || found > function.most()) {
      String bound =
          function.least() == function.most()
              ? ""
              : found < function.least() ? "at least " : "at most ";
      int wanted = found < function.least() ? function.least() : function.most();
      throw new ParseProblem(
          call.span(),
          "expected %s%d argument(s) in call to \"%s\", got %d"
              .formatted(bound, wanted, function.name(), found));
    }
    for (int i = 0; i < found; i++) {
      expectType(
          call.arguments().get(i),
          function.parameter(i),
          "call to function \"" + function.name() + "\"");
    }
    return call;
  }

  static Aggregation aggregation(Aggregation aggregation) {
    expectType(aggregation.expr(), ValueType.INSTANT_VECTOR, "aggregation expression");
    if (aggregation.parameter().isPresent()) {
      expectType(
          aggregation.parameter().get(),
          aggregation.op().parameter().orElseThrow(),
          "aggregation parameter");
    }
    return aggregation;
  }

  static Binary binary(Binary binary, Span place) {
    ValueType left = binary.left().type();
    ValueType right = binary.right().type();
    boolean comparison = binary.op().kind() == BinaryOp.Kind.COMPARISON;
    boolean set = binary.op().kind() == BinaryOp.Kind.SET;
    boolean scalars = left == ValueType.SCALAR && right == ValueType.SCALAR;
    if (!isNumeric(left) || !isNumeric(right)) {
      Expr odd = isNumeric(left) ? binary.right() : binary.left();
      throw new ParseProblem(
          odd.span(), "binary expression must contain only scalar and instant vector types");
    }
    if (binary.bool() && !comparison) {
      throw new ParseProblem(place, "bool modifier can only be used on comparison operators");
    }
    if (comparison && scalars && !binary.bool()) {
      throw new ParseProblem(place, "comparisons between scalars must use BOOL modifier");
    }
    boolean vectors = left == ValueType.INSTANT_VECTOR && right == ValueType.INSTANT_VECTOR;
    matching(binary, vectors, set, place);
    if (set && !vectors) {
      throw new ParseProblem(
          binary.span(),
          "set operator \"%s\" not allowed in binary scalar expression"
              .formatted(binary.op().symbol()));
    }
    return binary;
  }

  private static void matching(Binary binary, boolean vectors, boolean set, Span place) {
    Matching matching = binary.matching();
    if (!vectors && !matching.equals(Matching.DEFAULT)) {
      throw new ParseProblem(binary.span(), "vector matching only allowed between instant vectors");
    }
    if (set && matching.group() != Matching.Group.NONE) {
      throw new ParseProblem(
          binary.span(),
          "no grouping allowed for \"%s\" operation".formatted(binary.op().symbol()));
    }
    if (set && !matching.fill().equals(Matching.Fill.NONE)) {
      throw new ParseProblem(
          binary.span(), "filling in missing series not allowed for set operators");
    }
    for (String label : matching.include()) {
      if (matching.on() && matching.labels().contains(label)) {
        throw new ParseProblem(
            place, "label \"%s\" must not occur in ON and GROUP clause at once".formatted(label));
      }
    }
  }

  /** Any text but an empty one or one with a broken character. */
  static boolean isLabelName(String name) {
    return !name.isEmpty() && name.indexOf(BROKEN) < 0;
  }

  private static boolean isNumeric(ValueType type) {
    return type == ValueType.SCALAR || type == ValueType.INSTANT_VECTOR;
  }

  private static void expectType(Expr expr, ValueType wanted, String where) {
    if (expr.type() != wanted) {
      throw new ParseProblem(
          expr.span(), "expected type %s in %s, got %s".formatted(wanted, where, expr.type()));
    }
  }
}
