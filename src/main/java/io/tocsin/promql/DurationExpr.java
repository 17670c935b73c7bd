package io.tocsin.promql;

/**
 * A length of time in seconds: a number, or arithmetic that may use the step and the range of the
 * query around it, as in {@code rate(x[step() + 1m])}.
 *
 * @see <a
 *     href="https://prometheus.io/docs/prometheus/latest/querying/basics/#duration-expressions">
 *     Duration expressions</a>
 */
public sealed interface DurationExpr {

  /** No time at all. */
  DurationExpr ZERO = new Literal(0, true);

  /** What a range query resolves such expressions by; both are 0 for an instant query. */
  record Frame(double stepSeconds, double rangeSeconds) {
    /** An instant query's. */
    static final Frame INSTANT = new Frame(0, 0);

    static Frame of(Steps steps) {
      return steps.count() == 1 && steps.step() == 1
          ? INSTANT
          : new Frame(steps.step() / 1000.0, steps.range() / 1000.0);
    }
  }

  /**
   * Seconds.
   *
   * @param unit whether it is written with units
   */
  record Literal(double value, boolean unit) implements DurationExpr {
    @Override
    public String toString() {
      return unit ? Printer.duration(value) : Printer.number(value);
    }
  }

  /** What the query around it says: {@code step()} or {@code range()}. */
  enum Outer implements DurationExpr {
    STEP,
    RANGE;

    @Override
    public String toString() {
      return this == STEP ? "step()" : "range()";
    }
  }

  /** {@code -x}. */
  record Negative(DurationExpr of) implements DurationExpr {
    @Override
    public String toString() {
      return "-" + of;
    }
  }

  /** {@code (x)}. */
  record Wrapped(DurationExpr inner) implements DurationExpr {
    @Override
    public String toString() {
      return "(" + inner + ")";
    }
  }

  /** {@code min_of(a, b)} or {@code max_of(a, b)}. */
  record Choice(boolean larger, DurationExpr left, DurationExpr right) implements DurationExpr {
    @Override
    public String toString() {
      return (larger ? "max_of(" : "min_of(") + left + ", " + right + ")";
    }
  }

  /** Two operands of arithmetic. */
  record Arithmetic(BinaryOp op, DurationExpr left, DurationExpr right) implements DurationExpr {
    @Override
    public String toString() {
      return left + " " + op.symbol() + " " + right;
    }
  }

  /** A number of milliseconds. */
  static DurationExpr ofMillis(long millis) {
    return millis == 0 ? ZERO : new Literal(millis / 1000.0, true);
  }

  /** Whether it is the same for every query. */
  default boolean isConstant() {
    return switch (this) {
      case Literal literal -> true;
      case Outer outer -> false;
      case Negative negative -> negative.of.isConstant();
      case Wrapped wrapped -> wrapped.inner.isConstant();
      case Choice choice -> choice.left.isConstant() && choice.right.isConstant();
      case Arithmetic arithmetic -> arithmetic.left.isConstant() && arithmetic.right.isConstant();
    };
  }

  /** Milliseconds in an instant query, such as a rule's. */
  default long millis() {
    return millis(Frame.INSTANT);
  }

  /**
   * Milliseconds.
   *
   * @throws QueryProblem when it comes out as no length of time
   */
  default long millis(Frame frame) {
    double seconds = seconds(frame);
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw Evaluation.failed("duration is NaN or infinite");
    }
    if (Math.abs(seconds) > MAX_SECONDS) {
      throw Evaluation.failed("duration is out of range");
    }
    return this instanceof Literal ? Math.round(seconds * 1000) : (long) (seconds * 1000);
  }

  /** What Prometheus can hold: 63 bits of nanoseconds. */
  double MAX_SECONDS = 0x1p63 / 1e9;

  private double seconds(Frame frame) {
    return switch (this) {
      case Literal literal -> literal.value;
      case Outer outer -> outer == Outer.STEP ? frame.stepSeconds : frame.rangeSeconds;
      case Negative negative -> -negative.of.seconds(frame);
      case Wrapped wrapped -> wrapped.inner.seconds(frame);
      case Choice choice ->
          choice.larger
              ? Math.max(choice.left.seconds(frame), choice.right.seconds(frame))
              : Math.min(choice.left.seconds(frame), choice.right.seconds(frame));
      case Arithmetic arithmetic -> arithmetic(arithmetic, frame);
    };
  }

  private static double arithmetic(Arithmetic arithmetic, Frame frame) {
    double right = arithmetic.right.seconds(frame);
    if (right == 0 && arithmetic.op == BinaryOp.DIVIDE) {
      throw Evaluation.failed("division by zero");
    }
    if (right == 0 && arithmetic.op == BinaryOp.MODULO) {
      throw Evaluation.failed("modulo by zero");
    }
    return arithmetic.op.apply(arithmetic.left.seconds(frame), right);
  }
}
