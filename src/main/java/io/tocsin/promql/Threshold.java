package io.tocsin.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/**
 * A pointwise expression that compares the newest sample alone with a constant, maybe after
 * arithmetic with constants and functions of one sample: {@code x > 5}, {@code 100 - abs(x) / 2 <
 * 20}. From the sample's value alone it says whether the expression keeps the series.
 */
public final class Threshold {
  private final DoublePredicate test;

  private Threshold(DoublePredicate test) {
    this.test = test;
  }

  /** Of an expression that is pointwise; empty when more than the newest sample decides. */
  public static Optional<Threshold> of(Pointwise pointwise) {
    if (!(pointwise.expr().bare() instanceof Expr.Binary binary)
        || binary.op().kind() != BinaryOp.Kind.COMPARISON
        || binary.bool()) {
      return Optional.empty();
    }
    return of(binary).map(math -> new Threshold(value -> math.applyAsDouble(value) != 0));
  }

  /** Whether a sample of this value, which is not the stale marker, is in the answer. */
  public boolean keeps(double value) {
    return test.test(value);
  }

  /** One operand as a function of the sample. */
  private static Optional<DoubleUnaryOperator> operand(Expr expr) {
    return switch (expr.bare()) {
      case Expr.VectorSelector selector -> Optional.of(value -> value);
      case Expr.NumberLiteral number -> Optional.of(value -> number.value());
      case Expr.Unary unary ->
          operand(unary.expr())
              .map(inner -> unary.negative() ? value -> -inner.applyAsDouble(value) : inner);
      case Expr.Binary binary when binary.op().kind() == BinaryOp.Kind.ARITHMETIC -> of(binary);
      case Expr.Call call when call.function().body() instanceof Function.Body.PerSample body ->
          of(call, body);
      default -> Optional.empty();
    };
  }

  private static Optional<DoubleUnaryOperator> of(Expr.Binary binary) {
    BinaryOp op = binary.op();
    return operand(binary.left())
        .flatMap(
            left ->
                operand(binary.right())
                    .map(
                        right ->
                            value ->
                                op.apply(left.applyAsDouble(value), right.applyAsDouble(value))));
  }

  /** A function of a sample and constants; one of the evaluation's time is none. */
  private static Optional<DoubleUnaryOperator> of(Expr.Call call, Function.Body.PerSample body) {
    Optional<DoubleUnaryOperator> sample = Optional.empty();
    var scalars = new ArrayList<DoubleUnaryOperator>();
    for (Expr argument : call.arguments()) {
      Optional<DoubleUnaryOperator> operand = operand(argument);
      if (operand.isEmpty()) {
        return Optional.empty();
      }
      if (argument.type() == ValueType.SCALAR) {
        scalars.add(operand.get());
      } else {
        sample = operand;
      }
    }
    double[] constants = constants(scalars);
    return sample.map(inner -> value -> body.math().apply(inner.applyAsDouble(value), constants));
  }

  private static double[] constants(List<DoubleUnaryOperator> scalars) {
    return scalars.stream().mapToDouble(scalar -> scalar.applyAsDouble(0)).toArray();
  }
}
