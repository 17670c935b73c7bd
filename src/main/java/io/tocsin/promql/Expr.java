package io.tocsin.promql;

import io.tocsin.label.Matcher;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PromQL expression as parsed and checked. {@code toString()} prints canonical PromQL that parses
 * to an equal expression.
 */
public sealed interface Expr {

  /** Where it stands in the text. */
  Span span();

  /** What it yields. */
  ValueType type();

  /** This expression without the parentheses around it. */
  default Expr bare() {
    return this;
  }

  /** The expressions it is made of. */
  default List<Expr> children() {
    return switch (this) {
      case NumberLiteral number -> List.of();
      case StringLiteral string -> List.of();
      case VectorSelector selector -> List.of();
      case MatrixSelector matrix -> List.of(matrix.vector());
      case Subquery subquery -> List.of(subquery.expr());
      case Call call -> call.arguments();
      case Aggregation aggregation ->
          Stream.concat(aggregation.parameter().stream(), Stream.of(aggregation.expr())).toList();
      case Unary unary -> List.of(unary.expr());
      case Binary binary -> List.of(binary.left(), binary.right());
      case Paren paren -> List.of(paren.expr());
    };
  }

  /**
   * A number.
   *
   * @param duration whether it was written as a duration; its value is in seconds then
   */
  record NumberLiteral(double value, boolean duration, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.SCALAR;
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** Text, used as an argument or alone. */
  record StringLiteral(String value, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** The newest sample of each series that matches. */
  record VectorSelector(List<Matcher> matchers, Shift shift, Span span) implements Expr {
    public VectorSelector {
      matchers = List.copyOf(matchers);
    }

    @Override
    public ValueType type() {
      return ValueType.INSTANT_VECTOR;
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** All samples of each series that matches, over a range: {@code up[5m]}. */
  record MatrixSelector(VectorSelector vector, DurationExpr range, Span span) implements Expr {
    @Override
    public ValueType type() {
      return ValueType.RANGE_VECTOR;
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /**
   * An expression evaluated every step over a range: {@code rate(x[5m])[1h:1m]}.
   *
   * @param step empty for the default step
   */
  record Subquery(
      Expr expr, DurationExpr range, Optional<DurationExpr> step, Shift shift, Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.RANGE_VECTOR;
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** A function applied to arguments. */
  record Call(Function function, List<Expr> arguments, Span span) implements Expr {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public ValueType type() {
      return function.returns();
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** A vector folded over its groups: {@code sum by (job) (x)}. */
  record Aggregation(
      AggregateOp op, Optional<Expr> parameter, Expr expr, Grouping grouping, Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return ValueType.INSTANT_VECTOR;
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code +x} or {@code -x}. */
  record Unary(boolean negative, Expr expr, Span span) implements Expr {
    @Override
    public ValueType type() {
      return expr.type();
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /**
   * Two operands.
   *
   * @param bool whether a comparison answers 0 or 1 instead of filtering
   */
  record Binary(BinaryOp op, Expr left, Expr right, boolean bool, Matching matching, Span span)
      implements Expr {
    @Override
    public ValueType type() {
      return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
          ? ValueType.SCALAR
          : ValueType.INSTANT_VECTOR;
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** {@code (x)}. */
  record Paren(Expr expr, Span span) implements Expr {
    @Override
    public ValueType type() {
      return expr.type();
    }

    @Override
    public Expr bare() {
      return expr.bare();
    }

    @Override
    public String toString() {
      return Printer.print(this);
    }
  }
}
