package io.tocsin.promql;

import java.util.List;

/**
 * One function of the language: its signature and its body.
 *
 * @param name as written
 * @param parameters types of the arguments; the last repeats when more are allowed
 * @param least the fewest arguments
 * @param most the most arguments
 * @param returns what it yields
 */
public record Function(
    String name, List<ValueType> parameters, int least, int most, ValueType returns, Body body) {

  /** The type of the i-th argument. */
  ValueType parameter(int i) {
    return parameters.get(Math.min(i, parameters.size() - 1));
  }

  /** What a function does. Arguments that are scalars come per step, in order. */
  sealed interface Body {

    /** Each sample becomes one sample; the metric name goes. */
    record PerSample(SampleMath math) implements Body {}

    /** Each series' window becomes one sample. */
    record PerWindow(WindowMath math, Trait trait) implements Body {}

    /** Everything else. */
    record Whole(VectorMath math) implements Body {}
  }

  /** What sets a window function apart. */
  enum Trait {
    PLAIN,
    /** The result keeps the metric name. */
    KEEPS_NAME,
    /** Meant for counters: other names get an info. */
    COUNTER,
    /** Its scalar is a quantile: outside [0, 1] it gets a warning. */
    QUANTILE
  }

  /** A value and the function's scalars to a value. */
  @FunctionalInterface
  interface SampleMath {
    double apply(double value, double[] scalars);
  }

  /** A window with at least one sample and the function's scalars to a value, stale for none. */
  @FunctionalInterface
  interface WindowMath {
    double apply(Window window, double[] scalars);
  }

  /** A call to its result over all steps. */
  @FunctionalInterface
  interface VectorMath {
    Result apply(Evaluation evaluation, Expr.Call call);
  }

  @Override
  public String toString() {
    return name;
  }
}
