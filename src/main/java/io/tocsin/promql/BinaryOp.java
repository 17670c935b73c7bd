package io.tocsin.promql;

import java.util.function.DoubleBinaryOperator;

/**
 * A binary operator. Precedence and association as in Prometheus.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/operators/">Operators</a>
 */
public enum BinaryOp {
  OR("or", 1, Kind.SET, Double::sum),
  AND("and", 2, Kind.SET, Double::sum),
  UNLESS("unless", 2, Kind.SET, Double::sum),
  EQUAL("==", 3, Kind.COMPARISON, (l, r) -> truth(l == r)),
  NOT_EQUAL("!=", 3, Kind.COMPARISON, (l, r) -> truth(l != r)),
  LESS("<", 3, Kind.COMPARISON, (l, r) -> truth(l < r)),
  LESS_OR_EQUAL("<=", 3, Kind.COMPARISON, (l, r) -> truth(l <= r)),
  GREATER(">", 3, Kind.COMPARISON, (l, r) -> truth(l > r)),
  GREATER_OR_EQUAL(">=", 3, Kind.COMPARISON, (l, r) -> truth(l >= r)),
  /** Of native histograms, which are not kept here: floats have nothing to trim. */
  TRIM_UPPER("</", 3, Kind.TRIM, Double::sum),
  /** As {@link #TRIM_UPPER}, from below. */
  TRIM_LOWER(">/", 3, Kind.TRIM, Double::sum),
  ADD("+", 4, Kind.ARITHMETIC, Double::sum),
  SUBTRACT("-", 4, Kind.ARITHMETIC, (l, r) -> l - r),
  MULTIPLY("*", 5, Kind.ARITHMETIC, (l, r) -> l * r),
  DIVIDE("/", 5, Kind.ARITHMETIC, (l, r) -> l / r),
  MODULO("%", 5, Kind.ARITHMETIC, (l, r) -> l % r),
  ATAN2("atan2", 5, Kind.ARITHMETIC, Math::atan2),
  POWER("^", 6, Kind.ARITHMETIC, BinaryOp::power);

  /** What family an operator belongs to. */
  public enum Kind {
    ARITHMETIC,
    COMPARISON,
    SET,
    TRIM
  }

  private final String symbol;
  private final int precedence;
  private final Kind kind;
  private final DoubleBinaryOperator math;

  BinaryOp(String symbol, int precedence, Kind kind, DoubleBinaryOperator math) {
    this.symbol = symbol;
    this.precedence = precedence;
    this.kind = kind;
    this.math = math;
  }

  /** The operator as written. */
  public String symbol() {
    return symbol;
  }

  public Kind kind() {
    return kind;
  }

  /** Higher binds tighter. */
  int precedence() {
    return precedence;
  }

  /** The result of arithmetic; 1 or 0 for a comparison. Set operators have none. */
  double apply(double left, double right) {
    return math.applyAsDouble(left, right);
  }

  private static double truth(boolean holds) {
    return holds ? 1 : 0;
  }

  /** IEEE 754-2008 pow, as Go has it; Java differs for a base of 1 or -1. */
  private static double power(double base, double exponent) {
    if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
      return 1;
    }
    return Math.pow(base, exponent);
  }
}
