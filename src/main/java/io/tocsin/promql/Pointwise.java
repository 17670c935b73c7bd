package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.List;
import java.util.Optional;

/**
 * An expression whose every output series depends on one input series alone: one selector by name,
 * functions of a sample or a window, arithmetic and comparisons with plain numbers. Such an
 * expression may be evaluated for just the series that got a sample.
 *
 * @param expr the whole expression
 * @param matchers the series it reads
 * @param rangeMillis the range it looks back over; 0 for the newest sample
 */
public record Pointwise(Expr expr, List<Matcher> matchers, long rangeMillis) {

  public Pointwise {
    matchers = List.copyOf(matchers);
  }

  /** The expression as pointwise, or empty when it is not. */
  public static Optional<Pointwise> of(Expr expr) {
    return selector(expr)
        .filter(found -> isNamed(found.matchers()))
        .map(found -> new Pointwise(expr, found.matchers(), found.rangeMillis()));
  }

  private record Found(List<Matcher> matchers, long rangeMillis) {}

  /** Series of different names could end with the same labels. */
  private static boolean isNamed(List<Matcher> matchers) {
    return matchers.stream()
        .anyMatch(m -> m.name().equals(Labels.NAME) && m.op() == Matcher.Op.EQUAL);
  }

  private static Optional<Found> selector(Expr expr) {
    return switch (expr) {
      case Expr.VectorSelector selector -> now(selector, 0);
      case Expr.MatrixSelector matrix ->
          matrix.range().isConstant()
              ? now(matrix.vector(), matrix.range().millis())
              : Optional.empty();
      case Expr.Paren paren -> selector(paren.expr());
      case Expr.Unary unary -> selector(unary.expr());
      case Expr.Call call -> keepsSeriesApart(call) ? only(call.arguments()) : Optional.empty();
      case Expr.Binary binary ->
          binary.op().kind() == BinaryOp.Kind.SET
              ? Optional.empty()
              : only(List.of(binary.left(), binary.right()));
      case Expr.NumberLiteral number -> Optional.empty();
      case Expr.StringLiteral string -> Optional.empty();
      case Expr.Subquery subquery -> Optional.empty();
      case Expr.Aggregation aggregation -> Optional.empty();
    };
  }

  private static Optional<Found> now(Expr.VectorSelector selector, long range) {
    return selector.shift().equals(Shift.NONE)
        ? Optional.of(new Found(selector.matchers(), range))
        : Optional.empty();
  }

  private static boolean keepsSeriesApart(Expr.Call call) {
    return switch (call.function().body()) {
      case Function.Body.PerSample body -> true;
      case Function.Body.PerWindow body -> true;
      case Function.Body.Whole body -> call.function().name().equals("timestamp");
    };
  }

  /** The selector of the only operand that is not a plain number. */
  private static Optional<Found> only(List<Expr> operands) {
    List<Expr> series = operands.stream().filter(o -> o.type() != ValueType.SCALAR).toList();
    boolean plain = operands.stream().allMatch(o -> o.type() != ValueType.SCALAR || isPlain(o));
    return series.size() == 1 && plain ? selector(series.getFirst()) : Optional.empty();
  }

  /** A number that needs no series. */
  private static boolean isPlain(Expr expr) {
    return expr.type() == ValueType.SCALAR && expr.children().stream().allMatch(Pointwise::isPlain);
  }
}
