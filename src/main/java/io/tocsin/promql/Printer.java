package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Expressions to canonical PromQL. */
final class Printer {
  private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  /** Words that would read as something else where a metric name stands. */
  private static final Set<String> RESERVED =
      Set.of(
          "inf",
          "nan",
          "and",
          "or",
          "unless",
          "atan2",
          "by",
          "without",
          "on",
          "ignoring",
          "bool",
          "group_left",
          "group_right",
          "offset",
          "start",
          "end");

  private Printer() {}

  static String print(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral number ->
          number.duration() ? duration(number.value()) : number(number.value());
      case Expr.StringLiteral string -> Strings.quote(string.value());
      case Expr.VectorSelector selector -> selector(selector) + shift(selector.shift());
      case Expr.MatrixSelector matrix ->
          selector(matrix.vector()) + "[" + matrix.range() + "]" + shift(matrix.vector().shift());
      case Expr.Subquery subquery -> subquery(subquery);
      case Expr.Call call -> call.function().name() + "(" + join(call.arguments()) + ")";
      case Expr.Aggregation aggregation -> aggregation(aggregation);
      case Expr.Unary unary -> (unary.negative() ? "-" : "+") + print(unary.expr());
      case Expr.Binary binary ->
          print(binary.left()) + " " + operator(binary) + " " + print(binary.right());
      case Expr.Paren paren -> "(" + print(paren.expr()) + ")";
    };
  }

  /** A label name, quoted when it is not a plain identifier. */
  static String label(String name) {
    return LABEL.matcher(name).matches() ? name : Strings.quote(name);
  }

  /** A number, infinity without its plus. */
  static String number(double value) {
    return value == Double.POSITIVE_INFINITY ? "Inf" : Numbers.format(value);
  }

  private static String join(List<Expr> arguments) {
    return arguments.stream().map(Printer::print).collect(Collectors.joining(", "));
  }

  private static String names(List<String> names) {
    return "(" + names.stream().map(Printer::label).collect(Collectors.joining(", ")) + ")";
  }

  private static String selector(Expr.VectorSelector selector) {
    List<Matcher> matchers = selector.matchers();
    List<Matcher> named = matchers.stream().filter(m -> m.name().equals(Labels.NAME)).toList();
    boolean plain =
        named.size() == 1
            && named.getFirst().op() == Matcher.Op.EQUAL
            && !named.getFirst().value().isEmpty();
    String name = plain ? named.getFirst().value() : "";
    boolean before = METRIC.matcher(name).matches() && !isReserved(name);
    String inside =
        matchers.stream()
            .filter(m -> !plain || m != named.getFirst())
            .map(m -> label(m.name()) + m.op().symbol() + Strings.quote(m.value()))
            .collect(Collectors.joining(","));
    if (plain && !before) {
      inside = Strings.quote(name) + (inside.isEmpty() ? "" : "," + inside);
    }
    return (before ? name : "") + (before && inside.isEmpty() ? "" : "{" + inside + "}");
  }

  private static boolean isReserved(String name) {
    return RESERVED.contains(name.toLowerCase(Locale.ROOT)) || Parser.aggregateOp(name).isPresent();
  }

  private static String shift(Shift shift) {
    String at =
        shift
            .at()
            .map(
                point ->
                    switch (point) {
                      case Shift.At.Time time -> " @ " + seconds(time.millis());
                      case Shift.At.Edge edge ->
                          " @ " + edge.name().toLowerCase(Locale.ROOT) + "()";
                    })
            .orElse("");
    DurationExpr offset = shift.offset();
    return at + (offset.equals(DurationExpr.ZERO) ? "" : " offset " + offset(offset));
  }

  /** Arithmetic needs parentheses there. */
  private static String offset(DurationExpr offset) {
    return offset instanceof DurationExpr.Arithmetic ? "(" + offset + ")" : offset.toString();
  }

  /** Seconds as a duration; as a number when they are no whole milliseconds. */
  static String duration(double seconds) {
    long millis = Math.round(seconds * 1000);
    return millis / 1000.0 == seconds ? Durations.format(millis) : number(seconds);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
  }

  private static String subquery(Expr.Subquery subquery) {
    return print(subquery.expr()) + subqueryRange(subquery);
  }

  /** What follows the inner expression. */
  static String subqueryRange(Expr.Subquery subquery) {
    String step = subquery.step().map(Object::toString).orElse("");
    return "[" + subquery.range() + ":" + step + "]" + shift(subquery.shift());
  }

  private static String aggregation(Expr.Aggregation aggregation) {
    String parameter = aggregation.parameter().map(p -> print(p) + ", ").orElse("");
    return aggregationHead(aggregation) + "(" + parameter + print(aggregation.expr()) + ")";
  }

  /** The operator with its grouping. */
  static String aggregationHead(Expr.Aggregation aggregation) {
    Grouping grouping = aggregation.grouping();
    String by =
        grouping.equals(Grouping.NONE)
            ? ""
            : (grouping.without() ? " without " : " by ") + names(grouping.labels()) + " ";
    return aggregation.op().symbol() + by;
  }

  /** The operator with its modifiers. */
  static String operator(Expr.Binary binary) {
    Matching matching = binary.matching();
    var text = new StringBuilder(binary.op().symbol());
    if (binary.bool()) {
      text.append(" bool");
    }
    if (matching.on() || !matching.labels().isEmpty() || matching.group() != Matching.Group.NONE) {
      text.append(matching.on() ? " on " : " ignoring ").append(names(matching.labels()));
    }
    if (matching.group() != Matching.Group.NONE) {
      text.append(' ').append(matching.group().keyword()).append(' ');
      text.append(names(matching.include()));
    }
    return text.append(fill(matching.fill())).toString();
  }

  private static String fill(Matching.Fill fill) {
    boolean both = fill.left().isPresent() && fill.left().equals(fill.right());
    if (both) {
      return " fill (" + number(fill.left().getAsDouble()) + ")";
    }
    return one("fill_left", fill.left()) + one("fill_right", fill.right());
  }

  private static String one(String keyword, OptionalDouble value) {
    return value.isEmpty() ? "" : " " + keyword + " (" + number(value.getAsDouble()) + ")";
  }
}
