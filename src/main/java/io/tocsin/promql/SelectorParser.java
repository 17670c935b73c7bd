package io.tocsin.promql;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr.MatrixSelector;
import io.tocsin.promql.Expr.Subquery;
import io.tocsin.promql.Expr.VectorSelector;
import io.tocsin.promql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Selectors, and what may follow an expression: ranges, subqueries, offset and {@code @}. */
final class SelectorParser {
  private static final String MATCHING = "label matching";

  private final Tokens tokens;
  private final DurationParser durations;

  SelectorParser(Tokens tokens) {
    this.tokens = tokens;
    this.durations = new DurationParser(tokens);
  }

  /** {@code name}, {@code name{...}} or {@code {...}}. */
  VectorSelector selector() {
    Span start = tokens.peek().span();
    var matchers = new ArrayList<Matcher>();
    boolean named = tokens.peek().kind() == Kind.WORD;
    if (named) {
      matchers.add(Matcher.equal(Labels.NAME, tokens.next().text()));
    }
    if (tokens.peek().isSymbol("{")) {
      named |= matchers(matchers);
    }
    Span span = start.to(tokens.previous().span());
    return Checks.selector(new VectorSelector(matchers, Shift.NONE, span), named);
  }

  /** {@code {...}} that may match everything: it only narrows what something else selects. */
  VectorSelector labelsOnly() {
    Span start = tokens.peek().span();
    var matchers = new ArrayList<Matcher>();
    matchers(matchers);
    return new VectorSelector(matchers, Shift.NONE, start.to(tokens.previous().span()));
  }

  /** Reads what stands between braces; answers whether a metric name in quotes was among it. */
  private boolean matchers(List<Matcher> into) {
    boolean named = false;
    tokens.expect("{");
    while (!tokens.acceptSymbol("}")) {
      named |= isQuotedMetric();
      into.add(matcher());
      if (!tokens.peek().isSymbol("}")) {
        tokens.expect(",", MATCHING, "\",\" or \"}\"");
      }
    }
    return named;
  }

  private Matcher matcher() {
    if (isQuotedMetric()) {
      return Matcher.equal(Labels.NAME, tokens.next().text());
    }
    Token name = tokens.peek();
    if (name.kind() != Kind.WORD && name.kind() != Kind.STRING) {
      throw tokens.unexpected(MATCHING, "identifier or \"}\"");
    }
    tokens.next();
    if (!Checks.isLabelName(name.text())) {
      throw new ParseProblem(name.span(), "invalid label name: " + Strings.quote(name.text()));
    }
    Matcher.Op op = matcherOp();
    Token value = tokens.peek();
    if (value.kind() != Kind.STRING) {
      throw tokens.unexpected(MATCHING, "string");
    }
    tokens.next();
    try {
      return Matcher.of(name.text(), op, value.text());
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
    throw tokens.unexpected(MATCHING, "label matching operator");
  }

  /** Takes every range, offset and {@code @} that follows. */
  Expr postfix(Expr start) {
    Expr expr = start;
    while (true) {
      Token token = tokens.peek();
      if (token.isSymbol("[")) {
        expr = range(expr);
      } else if (token.isWord("offset")) {
        expr = offset(expr);
      } else if (token.isSymbol("@")) {
        expr = at(expr);
      } else {
        return expr;
      }
    }
  }

  private Expr range(Expr expr) {
    Span open = tokens.expect("[").span();
    DurationExpr range = durations.positive();
    if (tokens.acceptSymbol(":")) {
      return subquery(expr, range);
    }
    Token end = tokens.expect("]", "subquery or range", "\":\" or \"]\"");
    Span span = expr.span().to(end.span());
    if (!(expr instanceof VectorSelector selector)) {
      throw new ParseProblem(open, "ranges only allowed for vector selectors");
    }
    if (!selector.shift().equals(Shift.NONE)) {
      String what = selector.shift().at().isPresent() ? "@" : "offset";
      throw new ParseProblem(open, "no " + what + " modifiers allowed before range");
    }
    return new MatrixSelector(selector, range, span);
  }

  private Expr subquery(Expr expr, DurationExpr range) {
    Optional<DurationExpr> step = Optional.empty();
    if (!tokens.peek().isSymbol("]")) {
      step = Optional.of(durations.positive());
    }
    Token end = tokens.expect("]", "subquery selector", "\"]\"");
    Span span = expr.span().to(end.span());
    return Checks.subquery(new Subquery(expr, range, step, Shift.NONE, span));
  }

  private Expr offset(Expr expr) {
    tokens.next();
    DurationExpr offset = durations.offset();
    Shift shift = shift(expr, "offset");
    if (!shift.offset().equals(DurationExpr.ZERO)) {
      throw new ParseProblem(expr.span(), "offset may not be set multiple times");
    }
    return shifted(expr, new Shift(offset, shift.at()));
  }

  private Expr at(Expr expr) {
    tokens.next();
    Shift.At point = point(expr);
    Shift shift = shift(expr, "@");
    if (shift.at().isPresent()) {
      throw new ParseProblem(expr.span(), "@ <timestamp> may not be set multiple times");
    }
    return shifted(expr, new Shift(shift.offset(), Optional.of(point)));
  }

  private Shift.At point(Expr expr) {
    for (Shift.At.Edge edge : Shift.At.Edge.values()) {
      if (tokens.acceptWord(edge.name())) {
        tokens.expect("(");
        tokens.expect(")");
        return edge;
      }
    }
    boolean negative = tokens.acceptSymbol("-");
    boolean positive = !negative && tokens.acceptSymbol("+");
    Token token = tokens.peek();
    double seconds = seconds(token);
    if (Double.isNaN(seconds) || Math.abs(seconds) > Long.MAX_VALUE / 1000.0) {
      String sign = negative ? "-" : positive ? "+" : "";
      throw new ParseProblem(
          expr.span(), "timestamp out of bounds for @ modifier: " + sign + token.text());
    }
    tokens.next();
    long millis = Math.round(seconds * 1000);
    return new Shift.At.Time(negative ? -millis : millis);
  }

  private double seconds(Token token) {
    return switch (token.kind()) {
      case DURATION -> Durations.parse(token.text()).orElseThrow() / 1000.0;
      case NUMBER -> Numbers.parse(token.text()).orElseThrow();
      case WORD ->
          Numbers.parse(token.text()).orElseThrow(() -> tokens.unexpected("@", "timestamp"));
      case END, STRING, SYMBOL, ERROR -> throw tokens.unexpected("@", "timestamp");
    };
  }

  private static Shift shift(Expr expr, String modifier) {
    return switch (expr) {
      case VectorSelector selector -> selector.shift();
      case MatrixSelector matrix -> matrix.vector().shift();
      case Subquery subquery -> subquery.shift();
      default ->
          throw new ParseProblem(
              expr.span(),
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
              matrix.range(),
              span);
      case Subquery subquery ->
          new Subquery(subquery.expr(), subquery.range(), subquery.step(), shift, span);
      default -> expr;
    };
  }
}
