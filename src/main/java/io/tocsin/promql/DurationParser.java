package io.tocsin.promql;

import io.tocsin.promql.DurationExpr.Arithmetic;
import io.tocsin.promql.DurationExpr.Choice;
import io.tocsin.promql.DurationExpr.Literal;
import io.tocsin.promql.DurationExpr.Negative;
import io.tocsin.promql.DurationExpr.Outer;
import io.tocsin.promql.DurationExpr.Wrapped;
import java.util.Locale;
import java.util.Set;

/** Durations in ranges, steps of subqueries and offsets, arithmetic included. */
final class DurationParser {
  private static final int MAX_DEPTH = 100;
  private static final String WANTED = "number, duration, step(), or range()";
  private static final Set<String> FUNCTIONS = Set.of("step", "range", "min_of", "max_of");

  private final Tokens tokens;
  private int depth;

  DurationParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Whether a word is a function that durations may use. */
  static boolean isFunction(String word) {
    return FUNCTIONS.contains(word.toLowerCase(Locale.ROOT));
  }

  /** A range or a step: longer than nothing, as far as that can be told by now. */
  DurationExpr positive() {
    Span place = tokens.peek().span();
    DurationExpr found = sum(0, "subquery or range selector");
    if (found.isConstant() && millis(found, place) <= 0) {
      throw new ParseProblem(place, "duration must be greater than 0");
    }
    return alone(found);
  }

  /** A number that is the whole duration is written with units. */
  private static DurationExpr alone(DurationExpr found) {
    return found instanceof Literal literal ? new Literal(literal.value(), true) : found;
  }

  /** An offset: one operand; what follows it belongs to the expression around. */
  DurationExpr offset() {
    Span place = tokens.peek().span();
    boolean negative = tokens.acceptSymbol("-");
    if (!negative) {
      tokens.acceptSymbol("+");
    }
    DurationExpr operand = operand("offset");
    DurationExpr found = negative ? negative(operand) : operand;
    if (found.isConstant()) {
      millis(found, place);
    }
    return alone(found);
  }

  private static long millis(DurationExpr constant, Span place) {
    try {
      return constant.millis();
    } catch (QueryProblem problem) {
      throw new ParseProblem(
          place, String.valueOf(problem.getMessage()).replace("is out of", "out of"));
    }
  }

  private static DurationExpr negative(DurationExpr operand) {
    return operand instanceof Literal literal
        ? new Literal(-literal.value(), literal.unit())
        : new Negative(operand);
  }

  private DurationExpr sum(int least, String context) {
    DurationExpr left = signed(context);
    while (true) {
      BinaryOp op = operator();
      if (op == BinaryOp.OR || op.precedence() < least) {
        return left;
      }
      tokens.next();
      int next = op.precedence() + (op == BinaryOp.POWER ? 0 : 1);
      left = new Arithmetic(op, left, sum(next, ""));
    }
  }

  /** The arithmetic operator that comes next; OR when there is none. */
  private BinaryOp operator() {
    for (BinaryOp op : BinaryOp.values()) {
      if (op.kind() == BinaryOp.Kind.ARITHMETIC && tokens.peek().isSymbol(op.symbol())) {
        return op;
      }
    }
    return BinaryOp.OR;
  }

  private DurationExpr signed(String context) {
    boolean negative = tokens.acceptSymbol("-");
    if (!negative && !tokens.acceptSymbol("+")) {
      return operand(context);
    }
    descend();
    DurationExpr operand = sum(BinaryOp.POWER.precedence(), context);
    depth--;
    return negative ? negative(operand) : operand;
  }

  private DurationExpr operand(String context) {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case NUMBER -> new Literal(Numbers.parse(tokens.next().text()).orElseThrow(), false);
      case DURATION -> {
        long millis = Durations.parse(tokens.next().text()).orElseThrow();
        yield new Literal(millis / 1000.0, true);
      }
      case WORD -> function(token, context);
      case SYMBOL -> {
        if (!token.isSymbol("(")) {
          throw tokens.unexpected(context, WANTED);
        }
        tokens.next();
        descend();
        DurationExpr inner = sum(0, context);
        depth--;
        tokens.expect(")");
        yield new Wrapped(inner);
      }
      case END, STRING, ERROR -> throw tokens.unexpected(context, WANTED);
    };
  }

  private DurationExpr function(Token name, String context) {
    if (!isFunction(name.text())) {
      throw tokens.unexpected(context, WANTED);
    }
    tokens.next();
    tokens.expect("(", context, WANTED);
    if (name.isWord("step") || name.isWord("range")) {
      tokens.expect(")");
      return name.isWord("step") ? Outer.STEP : Outer.RANGE;
    }
    descend();
    DurationExpr left = sum(0, context);
    tokens.expect(",");
    DurationExpr right = sum(0, context);
    depth--;
    tokens.expect(")");
    return new Choice(name.isWord("max_of"), left, right);
  }

  private void descend() {
    if (++depth > MAX_DEPTH) {
      throw tokens.problem("the duration nests deeper than " + MAX_DEPTH);
    }
  }
}
