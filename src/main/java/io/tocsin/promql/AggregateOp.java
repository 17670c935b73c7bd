package io.tocsin.promql;

import java.util.Locale;
import java.util.Optional;

/**
 * An aggregation operator.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators">
 *     Aggregation operators</a>
 */
public enum AggregateOp {
  SUM,
  AVG,
  COUNT,
  MIN,
  MAX,
  GROUP,
  STDDEV,
  STDVAR,
  TOPK(ValueType.SCALAR),
  BOTTOMK(ValueType.SCALAR),
  LIMITK(ValueType.SCALAR),
  LIMIT_RATIO(ValueType.SCALAR),
  COUNT_VALUES(ValueType.STRING),
  QUANTILE(ValueType.SCALAR);

  private final Optional<ValueType> parameter;

  AggregateOp() {
    this.parameter = Optional.empty();
  }

  AggregateOp(ValueType parameter) {
    this.parameter = Optional.of(parameter);
  }

  /** The type of the argument before the vector, if the operator takes one. */
  public Optional<ValueType> parameter() {
    return parameter;
  }

  /** The operator as written. */
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }
}
