package io.tocsin.rule;

import io.tocsin.label.Labels;
import io.tocsin.promql.Evaluator;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Parser;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.promql.Value;
import io.tocsin.series.SeriesReader;
import io.tocsin.template.QueryPort;
import java.util.List;

/** Who answers the expressions of rules: our own series, or an engine elsewhere. May block. */
@FunctionalInterface
public interface InstantQueries {

  /**
   * The value of an expression at one time; a scalar is one sample without labels.
   *
   * @param timeMillis milliseconds since the epoch
   * @throws QueryProblem when it cannot be answered; nothing is known then
   */
  Answer ask(Expr expr, long timeMillis);

  /** Answers the queries of templates at one time, milliseconds since the epoch. */
  default QueryPort at(long timeMillis) {
    return expression ->
        ask(Parser.parse(expression), timeMillis).samples().stream()
            .map(s -> new QueryPort.Sample(s.labels().toMap(), s.value()))
            .toList();
  }

  /**
   * An expression's value.
   *
   * @param metNothing whether there was nothing to judge by: every selector was empty, or all of
   *     one side of an {@code and}; never with samples
   */
  record Answer(List<Value.Sample> samples, boolean metNothing) {
    public Answer {
      samples = List.copyOf(samples);
    }
  }

  /** Answers from series of our own. */
  static InstantQueries of(SeriesReader reader, QueryLimits limits) {
    return (expr, time) -> {
      var witness = new Witness(reader);
      List<Value.Sample> samples =
          samples(new Evaluator(witness, limits).instant(expr, time), time);
      return new Answer(samples, samples.isEmpty() && witness.sawNothing(expr));
    };
  }

  private static List<Value.Sample> samples(Value value, long time) {
    return switch (value) {
      case Value.Vector vector -> vector.samples();
      case Value.Scalar scalar -> List.of(new Value.Sample(Labels.EMPTY, time, scalar.value()));
      case Value.Matrix matrix -> throw notAVector();
      case Value.Text text -> throw notAVector();
    };
  }

  private static QueryProblem notAVector() {
    return new QueryProblem(QueryProblem.Kind.EXECUTION, "rule result is not a vector or scalar");
  }
}
