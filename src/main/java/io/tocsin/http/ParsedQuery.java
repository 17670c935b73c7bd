package io.tocsin.http;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.DurationExpr;
import io.tocsin.promql.Expr;
import io.tocsin.promql.Function;
import io.tocsin.promql.Matching;
import io.tocsin.promql.Numbers;
import io.tocsin.promql.Shift;
import io.tocsin.promql.ValueType;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An expression as the tree that Prometheus' own page shows. Durations are milliseconds.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/api/#parsing-a-promql-expressions-into-a-abstract-syntax-tree-ast">
 *     Parsing a PromQL expression</a>
 */
final class ParsedQuery {

  private ParsedQuery() {}

  /** A node with all below it. */
  static Map<String, @Nullable Object> of(Expr expr) {
    var node = new TreeMap<String, @Nullable Object>();
    switch (expr) {
      case Expr.NumberLiteral number -> {
        node.put("type", "numberLiteral");
        node.put("val", Numbers.format(number.value()));
      }
      case Expr.StringLiteral string -> {
        node.put("type", "stringLiteral");
        node.put("val", string.value());
      }
      case Expr.Paren paren -> {
        node.put("type", "parenExpr");
        node.put("expr", of(paren.expr()));
      }
      case Expr.Unary unary -> {
        node.put("type", "unaryExpr");
        node.put("op", unary.negative() ? "-" : "+");
        node.put("expr", of(unary.expr()));
      }
      case Expr.VectorSelector selector -> {
        node.put("type", "vectorSelector");
        selector(selector, node);
      }
      case Expr.MatrixSelector matrix -> {
        node.put("type", "matrixSelector");
        selector(matrix.vector(), node);
        duration("range", matrix.range(), node);
      }
      case Expr.Subquery subquery -> {
        node.put("type", "subquery");
        node.put("expr", of(subquery.expr()));
        duration("range", subquery.range(), node);
        duration("step", subquery.step().orElse(DurationExpr.ZERO), node);
        shift(subquery.shift(), node);
      }
      case Expr.Call call -> {
        node.put("type", "call");
        node.put("func", function(call.function()));
        node.put("args", call.arguments().stream().map(ParsedQuery::of).toList());
      }
      case Expr.Aggregation aggregation -> {
        node.put("type", "aggregation");
        node.put("op", aggregation.op().symbol());
        node.put("expr", of(aggregation.expr()));
        node.put("param", aggregation.parameter().map(ParsedQuery::of).orElse(null));
        node.put("grouping", aggregation.grouping().labels());
        node.put("without", aggregation.grouping().without());
      }
      case Expr.Binary binary -> {
        node.put("type", "binaryExpr");
        node.put("op", binary.op().symbol());
        node.put("lhs", of(binary.left()));
        node.put("rhs", of(binary.right()));
        node.put("bool", binary.bool());
        node.put("matching", matching(binary));
      }
    }
    return node;
  }

  private static void selector(Expr.VectorSelector selector, Map<String, @Nullable Object> node) {
    String name =
        selector.matchers().stream()
            .filter(m -> m.name().equals(Labels.NAME) && m.op() == Matcher.Op.EQUAL)
            .map(Matcher::value)
            .findFirst()
            .orElse("");
    node.put("name", name);
    node.put("matchers", selector.matchers().stream().map(ParsedQuery::matcher).toList());
    node.put("anchored", false);
    node.put("smoothed", false);
    shift(selector.shift(), node);
  }

  private static Map<String, String> matcher(Matcher matcher) {
    return Map.of("name", matcher.name(), "type", matcher.op().symbol(), "value", matcher.value());
  }

  private static void shift(Shift shift, Map<String, @Nullable Object> node) {
    duration("offset", shift.offset(), node);
    node.put("timestamp", null);
    node.put("startOrEnd", null);
    shift
        .at()
        .ifPresent(
            at -> {
              switch (at) {
                case Shift.At.Time time -> node.put("timestamp", time.millis());
                case Shift.At.Edge edge ->
                    node.put("startOrEnd", edge == Shift.At.Edge.START ? "start" : "end");
              }
            });
  }

  /** Milliseconds under a name, or 0 there and the text of what is to be computed beside it. */
  private static void duration(
      String name, DurationExpr duration, Map<String, @Nullable Object> node) {
    boolean literal = duration instanceof DurationExpr.Literal;
    node.put(name, literal ? duration.millis() : 0);
    node.put(name + "Expr", literal ? null : duration.toString());
  }

  private static Map<String, Object> function(Function function) {
    int named = function.parameters().size();
    int optional = function.most() == Integer.MAX_VALUE ? -1 : function.most() - function.least();
    return Map.of(
        "name", function.name(),
        "argTypes", function.parameters().stream().limit(named).map(ParsedQuery::word).toList(),
        "variadic", optional,
        "returnType", word(function.returns()));
  }

  private static String word(ValueType type) {
    return switch (type) {
      case SCALAR -> "scalar";
      case STRING -> "string";
      case INSTANT_VECTOR -> "vector";
      case RANGE_VECTOR -> "matrix";
    };
  }

  private static @Nullable Map<String, @Nullable Object> matching(Expr.Binary binary) {
    boolean vectors =
        binary.left().type() == ValueType.INSTANT_VECTOR
            && binary.right().type() == ValueType.INSTANT_VECTOR;
    if (!vectors) {
      return null;
    }
    Matching matching = binary.matching();
    var fill = new TreeMap<String, @Nullable Object>();
    fill.put("lhs", value(matching.fill().left()));
    fill.put("rhs", value(matching.fill().right()));
    var node = new TreeMap<String, @Nullable Object>();
    node.put("card", cardinality(binary));
    node.put("labels", matching.labels());
    node.put("on", matching.on());
    node.put("include", matching.include());
    node.put("fillValues", fill);
    return node;
  }

  private static @Nullable Object value(OptionalDouble fill) {
    return fill.isPresent() ? fill.getAsDouble() : null;
  }

  private static String cardinality(Expr.Binary binary) {
    if (List.of("and", "or", "unless").contains(binary.op().symbol())) {
      return "many-to-many";
    }
    return switch (binary.matching().group()) {
      case NONE -> "one-to-one";
      case LEFT -> "many-to-one";
      case RIGHT -> "one-to-many";
    };
  }
}
