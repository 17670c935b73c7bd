package io.tocsin.promql;

import io.tocsin.label.Matcher;
import java.util.ArrayList;
import java.util.List;

/** What an expression reads of the store. */
public final class Selectors {

  /** The reach of a selector whose time is fixed by {@code @}: it may read anything. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  /**
   * One selector.
   *
   * @param matchers the series it reads
   * @param reachMillis how far before the evaluation it looks: range or look-back, offset, and
   *     those of the subqueries around it; {@link #UNBOUNDED} for {@code @} with a time
   */
  public record Reach(List<Matcher> matchers, long reachMillis) {
    public Reach {
      matchers = List.copyOf(matchers);
    }

    /** The earliest time it reads when evaluated at that time, in milliseconds. */
    public long from(long nowMillis) {
      return reachMillis == UNBOUNDED ? Long.MIN_VALUE : nowMillis - reachMillis;
    }
  }

  private Selectors() {}

  /**
   * Every selector of an expression, in order of writing.
   *
   * @param lookbackMillis the look-back of instant selectors, see {@link QueryLimits}
   */
  public static List<Reach> of(Expr expr, long lookbackMillis) {
    var found = new ArrayList<Reach>();
    collect(expr, 0, lookbackMillis, found);
    return found;
  }

  private static void collect(Expr expr, long around, long lookback, List<Reach> into) {
    switch (expr) {
      case Expr.VectorSelector selector -> into.add(reach(selector, lookback, around));
      case Expr.MatrixSelector matrix ->
          into.add(reach(matrix.vector(), matrix.range().millis(), around));
      case Expr.Subquery subquery -> {
        long inside = sum(around, sum(subquery.range().millis(), back(subquery.shift())));
        collect(subquery.expr(), inside, lookback, into);
      }
      default -> expr.children().forEach(child -> collect(child, around, lookback, into));
    }
  }

  private static Reach reach(Expr.VectorSelector selector, long own, long around) {
    return new Reach(selector.matchers(), sum(around, sum(own, back(selector.shift()))));
  }

  private static long back(Shift shift) {
    boolean fixed = shift.at().filter(at -> at instanceof Shift.At.Time).isPresent();
    return fixed ? UNBOUNDED : Math.max(0, shift.offset().millis());
  }

  private static long sum(long a, long b) {
    return a == UNBOUNDED || b == UNBOUNDED ? UNBOUNDED : a + b;
  }
}
