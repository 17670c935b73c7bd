package io.tocsin.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.Expr.Aggregation;
import io.tocsin.promql.Expr.Binary;
import io.tocsin.promql.Expr.Call;
import io.tocsin.promql.Expr.MatrixSelector;
import io.tocsin.promql.Expr.NumberLiteral;
import io.tocsin.promql.Expr.Paren;
import io.tocsin.promql.Expr.Subquery;
import io.tocsin.promql.Expr.Unary;
import io.tocsin.promql.Expr.VectorSelector;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripTest {

  @Property(tries = 500)
  void whatIsPrintedParsesToTheSame(@ForAll("vectors") Expr expr) {
    assertThat(Parser.parse(expr.toString())).isEqualTo(expr);
  }

  @Property(tries = 500)
  void anyTextParsesOrFailsWithAPlace(@ForAll("scribbles") String text) {
    try {
      Expr expr = Parser.parse(text);
      assertThat(Parser.parse(expr.toString())).isEqualTo(expr);
    } catch (ParseProblem problem) {
      assertThat(problem.span().start()).isBetween(0, text.length());
      assertThat(problem.span().line()).isPositive();
      assertThat(problem.span().column()).isPositive();
    }
  }

  @Provide
  Arbitrary<String> scribbles() {
    return Arbitraries.of(
            "up", "{", "}", "(", ")", "[", "]", "5m", "1", "=", "=~", "\"a\"", ",", "sum", "by",
            "rate", "offset", "@", "and", "on", "bool", "+", "-", "^", ":", "\n", "é", "'", "inf")
        .list()
        .ofMaxSize(12)
        .map(words -> String.join(" ", words));
  }

  @Provide
  Arbitrary<Expr> vectors() {
    return vector(3);
  }

  private Arbitrary<Expr> vector(int depth) {
    Arbitrary<Expr> leaf = selectors().map(s -> s);
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<Expr> inner = Arbitraries.lazy(() -> vector(depth - 1));
    Arbitrary<Expr> paren = inner.map(e -> new Paren(e, Span.NONE));
    return Arbitraries.oneOf(
        leaf,
        paren,
        paren.map(e -> new Unary(true, e, Span.NONE)),
        binaries(paren),
        inner.map(e -> new Call(function("abs"), List.of(e), Span.NONE)),
        matrices().map(m -> new Call(function("rate"), List.of(m), Span.NONE)),
        Combinators.combine(paren, shifts(), ranges(), ranges().optional())
            .as((e, shift, range, step) -> new Subquery(e, range, step, shift, Span.NONE))
            .map(s -> new Call(function("sum_over_time"), List.of(s), Span.NONE)),
        aggregations(inner));
  }

  private static Function function(String name) {
    return Functions.find(name).orElseThrow();
  }

  private Arbitrary<Expr> binaries(Arbitrary<Expr> operand) {
    Arbitrary<Matching> matching =
        Combinators.combine(
                Arbitraries.of(true, false),
                names().list().ofMinSize(1).ofMaxSize(2),
                Arbitraries.of(Matching.Group.values()),
                fills())
            .as((on, labels, group, fill) -> new Matching(on, labels, group, List.of(), fill));
    return Combinators.combine(
            Arbitraries.of(BinaryOp.values()), operand, operand, matching, Arbitraries.of(0, 1))
        .as(
            (op, left, right, match, bool) -> {
              boolean set = op.kind() == BinaryOp.Kind.SET;
              Matching fit =
                  set
                      ? new Matching(
                          match.on(),
                          match.labels(),
                          Matching.Group.NONE,
                          List.of(),
                          Matching.Fill.NONE)
                      : match;
              boolean flag = bool == 1 && op.kind() == BinaryOp.Kind.COMPARISON;
              return new Binary(op, left, right, flag, fit, Span.NONE);
            });
  }

  private Arbitrary<Expr> aggregations(Arbitrary<Expr> inner) {
    Arbitrary<Grouping> grouping =
        Combinators.combine(Arbitraries.of(true, false), names().list().ofMaxSize(2))
            .as(Grouping::new);
    return Combinators.combine(Arbitraries.of(AggregateOp.values()), inner, grouping)
        .as(
            (op, expr, group) -> {
              Optional<Expr> parameter =
                  op.parameter()
                      .map(
                          type ->
                              type == ValueType.SCALAR
                                  ? new NumberLiteral(0.5, false, Span.NONE)
                                  : new Expr.StringLiteral("a\n\"b\"", Span.NONE));
              return new Aggregation(op, parameter, expr, group, Span.NONE);
            });
  }

  private Arbitrary<VectorSelector> selectors() {
    Arbitrary<Matcher> matcher =
        Combinators.combine(
                names(), Arbitraries.of(Matcher.Op.values()), Arbitraries.strings().alpha())
            .as(Matcher::of);
    return Combinators.combine(metrics(), matcher.list().ofMaxSize(2), shifts())
        .as(
            (metric, matchers, shift) ->
                new VectorSelector(
                    Stream.concat(Stream.of(Matcher.equal(Labels.NAME, metric)), matchers.stream())
                        .toList(),
                    shift,
                    Span.NONE));
  }

  private Arbitrary<Expr> matrices() {
    return Combinators.combine(selectors(), ranges())
        .as((selector, range) -> new MatrixSelector(selector, range, Span.NONE));
  }

  private static Arbitrary<Shift> shifts() {
    Arbitrary<Optional<Shift.At>> at =
        Arbitraries.of(
            Optional.empty(),
            Optional.of(Shift.At.Edge.START),
            Optional.of(Shift.At.Edge.END),
            Optional.of(new Shift.At.Time(-1_500)));
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.of(0L, 60_000L, -90_061_001L).map(DurationExpr::ofMillis),
                lengths(1).map(DurationExpr.Wrapped::new),
                Arbitraries.of(DurationExpr.Outer.STEP)),
            at)
        .as(Shift::new);
  }

  private static Arbitrary<Matching.Fill> fills() {
    Arbitrary<OptionalDouble> value =
        Arbitraries.of(OptionalDouble.empty(), OptionalDouble.of(-1.5), OptionalDouble.of(0));
    return Combinators.combine(value, value).as(Matching.Fill::new);
  }

  /** Longer than nothing, or not known before the query. */
  private static Arbitrary<DurationExpr> ranges() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(1, 100L * 365 * 86_400_000).map(DurationExpr::ofMillis),
        lengths(2).map(l -> new DurationExpr.Arithmetic(BinaryOp.ADD, DurationExpr.Outer.STEP, l)),
        lengths(1).map(l -> new DurationExpr.Choice(true, l, DurationExpr.Outer.RANGE)));
  }

  private static Arbitrary<DurationExpr> lengths(int depth) {
    Arbitrary<DurationExpr> leaf =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 10_000_000).map(DurationExpr::ofMillis),
            Arbitraries.of(DurationExpr.Outer.values()));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<DurationExpr> inner = lengths(depth - 1);
    return Arbitraries.oneOf(
        leaf,
        inner.map(DurationExpr.Wrapped::new),
        inner.map(l -> new DurationExpr.Negative(new DurationExpr.Wrapped(l))),
        Combinators.combine(leaf, leaf).as((l, r) -> new DurationExpr.Choice(false, l, r)),
        Combinators.combine(leaf, leaf)
            .as(
                (l, r) ->
                    new DurationExpr.Wrapped(
                        new DurationExpr.Arithmetic(BinaryOp.MULTIPLY, l, r))));
  }

  private static Arbitrary<String> metrics() {
    return Arbitraries.of(
        "up", "a:b", "http.requests", "by", "inf", "offset", "sum", "unless", "é");
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of("job", "le", "k8s.pod", "on", "sum", "with space", "quote\"d");
  }
}
