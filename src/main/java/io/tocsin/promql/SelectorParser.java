package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr.MatrixSelector;
import io.tocsin.promql.Expr.Subquery;
import io.tocsin.promql.Expr.VectorSelector;
import io.tocsin.promql.Token.Kind;
import java.util.ArrayList;
import java.util.Optional;

/** Selectors, and what may follow an expression: ranges, subqueries, offset and {@code @}. */
final class SelectorParser {
  private final Tokens tokens;

  SelectorParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** {@code name}, {@code name{...}} or {@code {...}}. */
  VectorSelector selector() {
    Span start = tokens.peek().span();
    var matchers = new ArrayList<Matcher>();
    boolean named = tokens.peek().kind() == Kind.WORD;
    if (named) {
      matchers.add(Matcher.equal(Labels.NAME, tokens.next().text()));
    }
    if (tokens.acceptSymbol("{")) {
      while (!tokens.acceptSymbol("}")) {
        named |= isQuotedMetric();
        matchers.add(matcher());
        if (!tokens.peek().isSymbol("}")) {
          tokens.expect(",");
        }
      }
    }
    Span span = start.to(tokens.previous().span());
    return Checks.selector(new VectorSelector(matchers, Shift.NONE, span), named);
  }

  private Matcher matcher() {
    if (isQuotedMetric()) {
      return Matcher.equal(Labels.NAME, tokens.next().text());
    }
    String name = labelName();
    Matcher.Op op = matcherOp();
    Token value = tokens.peek();
    if (value.kind() != Kind.STRING) {
      throw tokens.problem(
          "unexpected " + value.described() + " in label matching, expected string");
    }
    tokens.next();
    try {
      return Matcher.of(name, op, value.text());
    } catch (IllegalArgumentException e) {
      throw new ParseProblem(value.span(), String.valueOf(e.getMessage()));
    }
  }

  private boolean isQuotedMetric() {
    Token after = tokens.peekSecond();
    return tokens.peek().kind() == Kind.STRING && (after.isSymbol(",") || after.isSymbol("}"));
  }

  private Matcher.Op matcherOp() {
    for (Matcher.Op op : Matcher.Op.values()) {
      if (tokens.acceptSymbol(op.symbol())) {
        return op;
      }
    }
    throw tokens.problem(
        "unexpected "
            + tokens.peek().described()
            + " in label matching, expected one of = != =~ !~");
  }

  /** An identifier or a quoted name. */
  String labelName() {
    Token token = tokens.peek();
    boolean word = token.kind() == Kind.WORD && token.text().indexOf(':') < 0;
    if (!word && (token.kind() != Kind.STRING || token.text().isEmpty())) {
      throw tokens.problem("unexpected " + token.described() + ", expected a label name");
    }
    return tokens.next().text();
  }

  /** Takes every range, offset and {@code @} that follows. */
  Expr postfix(Expr start) {
    Expr expr = start;
    while (true) {
      if (tokens.peek().isSymbol("[")) {
        expr = range(expr);
      } else if (tokens.peek().isWord("offset")) {
        expr = offset(expr);
      } else if (tokens.peek().isSymbol("@")) {
        expr = at(expr);
      } else {
        return expr;
      }
    }
  }

  private Expr range(Expr expr) {
    tokens.expect("[");
    long range = positiveDuration();
    if (tokens.acceptSymbol(":")) {
      long step = tokens.peek().isSymbol("]") ? 0 : positiveDuration();
      Token end = tokens.expect("]");
      Span span = expr.span().to(end.span());
      return Checks.subquery(new Subquery(expr, range, step, Shift.NONE, span));
    }
    Token end = tokens.expect("]");
    Span span = expr.span().to(end.span());
    if (!(expr instanceof VectorSelector selector)) {
      throw new ParseProblem(span, "ranges only allowed for vector selectors");
    }
    if (!selector.shift().equals(Shift.NONE)) {
      String what = selector.shift().at().isPresent() ? "@" : "offset";
      throw new ParseProblem(span, "no " + what + " modifiers allowed before range");
    }
    return new MatrixSelector(selector, range, span);
  }

  private Expr offset(Expr expr) {
    Span place = tokens.next().span();
    boolean negative = tokens.acceptSymbol("-");
    if (!negative) {
      tokens.acceptSymbol("+");
    }
    long magnitude = duration();
    Shift shift = shift(expr, place, "offset");
    if (shift.offsetMillis() != 0) {
      throw new ParseProblem(place, "offset may not be set multiple times");
    }
    return shifted(expr, new Shift(negative ? -magnitude : magnitude, shift.at()));
  }

  private Expr at(Expr expr) {
    Span place = tokens.next().span();
    Shift shift = shift(expr, place, "@");
    if (shift.at().isPresent()) {
      throw new ParseProblem(place, "@ <timestamp> may not be set multiple times");
    }
    return shifted(expr, new Shift(shift.offsetMillis(), Optional.of(point())));
  }

  private Shift.At point() {
    for (Shift.At.Edge edge : Shift.At.Edge.values()) {
      if (tokens.acceptWord(edge.name())) {
        tokens.expect("(");
        tokens.expect(")");
        return edge;
      }
    }
    boolean negative = tokens.acceptSymbol("-");
    if (!negative) {
      tokens.acceptSymbol("+");
    }
    Token token = tokens.peek();
    double seconds = seconds(token);
    if (Double.isNaN(seconds) || Math.abs(seconds) > Long.MAX_VALUE / 1000.0) {
      throw tokens.problem("timestamp out of bounds for @ modifier: " + token.text());
    }
    tokens.next();
    long millis = Math.round(seconds * 1000);
    return new Shift.At.Time(negative ? -millis : millis);
  }

  private static Shift shift(Expr expr, Span place, String modifier) {
    return switch (expr) {
      case VectorSelector selector -> selector.shift();
      case MatrixSelector matrix -> matrix.vector().shift();
      case Subquery subquery -> subquery.shift();
      default ->
          throw new ParseProblem(
              place,
              modifier
                  + " modifier must be preceded by an instant vector selector or range vector"
                  + " selector or a subquery");
    };
  }

  private Expr shifted(Expr expr, Shift shift) {
    Span span = expr.span().to(tokens.previous().span());
    return switch (expr) {
      case VectorSelector selector -> new VectorSelector(selector.matchers(), shift, span);
      case MatrixSelector matrix ->
          new MatrixSelector(
              new VectorSelector(matrix.vector().matchers(), shift, matrix.vector().span()),
              matrix.rangeMillis(),
              span);
      case Subquery subquery ->
          new Subquery(subquery.expr(), subquery.rangeMillis(), subquery.stepMillis(), shift, span);
      default -> expr;
    };
  }

  private long positiveDuration() {
    Token token = tokens.peek();
    long millis = duration();
    if (millis <= 0) {
      throw new ParseProblem(token.span(), "duration must be greater than 0");
    }
    return millis;
  }

  /** A duration, or a number of seconds. */
  private long duration() {
    Token token = tokens.peek();
    double seconds = seconds(token);
    if (Double.isNaN(seconds) || seconds > Long.MAX_VALUE / 1e6) {
      throw tokens.problem("duration out of range");
    }
    tokens.next();
    return Math.round(seconds * 1000);
  }

  private double seconds(Token token) {
    return switch (token.kind()) {
      case DURATION -> Durations.parse(token.text()).orElseThrow() / 1000.0;
      case NUMBER -> Numbers.parse(token.text()).orElseThrow();
      case END, WORD, STRING, SYMBOL ->
          throw tokens.problem("unexpected " + token.described() + ", expected number or duration");
    };
  }
}
