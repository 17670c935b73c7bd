package io.tocsin.promql;

import io.tocsin.promql.Expr.Aggregation;
import io.tocsin.promql.Expr.Binary;
import io.tocsin.promql.Expr.Call;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Expressions to text for people: what does not fit a line is laid out over several, each operand
 * indented below what it belongs to.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/api/#formatting-query-expressions">
 *     Formatting query expressions</a>
 */
public final class Formatter {
  private static final int LINE = 100;

  private Formatter() {}

  /** The expression in canonical PromQL, on as many lines as it takes. */
  public static String format(Expr expr) {
    return format(expr, 0);
  }

  private static String format(Expr expr, int level) {
    String plain = expr.toString();
    if (plain.length() <= LINE) {
      return indent(level) + plain;
    }
    return switch (expr) {
      case Aggregation aggregation -> aggregation(aggregation, level);
      case Binary binary ->
          format(binary.left(), level + 1)
              + "\n"
              + indent(level)
              + Printer.operator(binary)
              + "\n"
              + format(binary.right(), level + 1);
      case Call call ->
          call.arguments().isEmpty()
              ? indent(level) + plain
              : indent(level) + call.function() + enclosed(call.arguments(), level);
      case Expr.Paren paren -> indent(level) + enclosed(List.of(paren.expr()), level);
      case Expr.Subquery subquery ->
          format(subquery.expr(), level) + Printer.subqueryRange(subquery);
      case Expr.Unary unary ->
          indent(level) + (unary.negative() ? "-" : "+") + format(unary.expr(), level).strip();
      case Expr.NumberLiteral number -> indent(level) + plain;
      case Expr.StringLiteral string -> indent(level) + plain;
      case Expr.VectorSelector selector -> indent(level) + plain;
      case Expr.MatrixSelector matrix -> indent(level) + plain;
    };
  }

  private static String aggregation(Aggregation aggregation, int level) {
    return indent(level)
        + Printer.aggregationHead(aggregation)
        + enclosed(aggregation.children(), level);
  }

  private static String enclosed(List<Expr> operands, int level) {
    return operands.stream()
        .map(operand -> format(operand, level + 1))
        .collect(Collectors.joining(",\n", "(\n", "\n" + indent(level) + ")"));
  }

  private static String indent(int level) {
    return "  ".repeat(level);
  }
}
