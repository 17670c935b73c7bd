package io.tocsin.rule;

import io.tocsin.promql.Expr;
import io.tocsin.promql.ParseProblem;
import io.tocsin.promql.Parser;
import io.tocsin.promql.ValueType;

/** Texts to expressions that a rule can use. */
final class Expressions {

  private Expressions() {}

  static Expr parse(String text) {
    Expr expr;
    try {
      expr = Parser.parse(text);
    } catch (ParseProblem problem) {
      throw new RuleProblem("expr", shown(text), "PromQL: " + problem.getMessage());
    }
    if (expr.type() == ValueType.INSTANT_VECTOR || expr.type() == ValueType.SCALAR) {
      return expr;
    }
    throw new RuleProblem(
        "expr", "an expression of type " + expr.type(), "an instant vector or a scalar");
  }

  static String shown(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return "\"" + (line.length() <= 120 ? line : line.substring(0, 117) + "...") + "\"";
  }
}
