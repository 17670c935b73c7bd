package io.tocsin.promql;

import io.tocsin.series.StaleMarker;

/**
 * What one group of an aggregation keeps per step while its series come in, with Prometheus'
 * treatment of NaN, infinity and rounding.
 */
abstract sealed class Accumulator {

  /** The group's value per step; the stale marker where no series had one. */
  final double[] result;

  private Accumulator(int steps) {
    this.result = Result.nothing(steps);
  }

  double[] values() {
    return result;
  }

  /** Takes in one series' values. */
  final void add(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!StaleMarker.is(values[i])) {
        add(i, values[i]);
      }
    }
  }

  abstract void add(int step, double value);

  /** Whether no series had a value at the step so far. */
  final boolean isFirst(int step) {
    return StaleMarker.is(result[step]);
  }

  /** A sum with Neumaier's compensation. */
  static final class Sum extends Accumulator {
    private final double[] compensation;

    Sum(int steps) {
      super(steps);
      this.compensation = new double[steps];
    }

    @Override
    void add(int step, double value) {
      if (isFirst(step)) {
        result[step] = value;
        return;
      }
      double sum = result[step];
      compensation[step] = Kahan.compensated(sum, compensation[step], value);
      result[step] = sum + value;
    }

    @Override
    double[] values() {
      for (int i = 0; i < result.length; i++) {
        if (!isFirst(i) && compensation[i] != 0) {
          result[i] += compensation[i];
        }
      }
      return result;
    }
  }

  /** The mean: sum by count, or incremental once the sum would overflow. */
  static final class Mean extends Accumulator {
    private final double[] compensation;
    private final double[] counts;
    private final boolean[] incremental;

    Mean(int steps) {
      super(steps);
      this.compensation = new double[steps];
      this.counts = new double[steps];
      this.incremental = new boolean[steps];
    }

    @Override
    void add(int step, double value) {
      double count = ++counts[step];
      if (count == 1) {
        result[step] = value;
        return;
      }
      double now = result[step];
      if (!incremental[step]) {
        double sum = now + value;
        if (!Double.isInfinite(sum)) {
          compensation[step] = Kahan.compensated(now, compensation[step], value);
          result[step] = sum;
          return;
        }
        incremental[step] = true;
        now /= count - 1;
        compensation[step] /= count - 1;
      }
      double scale = (count - 1) / count;
      double kept = now * scale;
      compensation[step] = Kahan.compensated(kept, compensation[step] * scale, value / count);
      result[step] = kept + value / count;
    }

    @Override
    double[] values() {
      for (int i = 0; i < result.length; i++) {
        if (!isFirst(i)) {
          double divisor = incremental[i] ? 1 : counts[i];
          result[i] =
              compensation[i] == 0
                  ? result[i] / divisor
                  : result[i] / divisor + compensation[i] / divisor;
        }
      }
      return result;
    }
  }

  /** How many there are. */
  static final class Count extends Accumulator {
    Count(int steps) {
      super(steps);
    }

    @Override
    void add(int step, double value) {
      result[step] = isFirst(step) ? 1 : result[step] + 1;
    }
  }

  /** The smallest or the largest; NaN only when all are. */
  static final class Extreme extends Accumulator {
    private final boolean largest;

    Extreme(int steps, boolean largest) {
      super(steps);
      this.largest = largest;
    }

    @Override
    void add(int step, double value) {
      double now = result[step];
      if (Double.isNaN(now) || (largest ? value > now : value < now)) {
        result[step] = value;
      }
    }
  }

  /** One, whatever there is. */
  static final class Group extends Accumulator {
    Group(int steps) {
      super(steps);
    }

    @Override
    void add(int step, double value) {
      result[step] = 1;
    }
  }

  /** Population variance by Welford's method, or its root. */
  static final class Spread extends Accumulator {
    private final boolean root;
    private final double[] counts;
    private final double[] means;

    Spread(int steps, boolean root) {
      super(steps);
      this.root = root;
      this.counts = new double[steps];
      this.means = new double[steps];
    }

    @Override
    void add(int step, double value) {
      double count = ++counts[step];
      if (count == 1) {
        means[step] = value;
        boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
        result[step] = finite ? 0 : Double.NaN;
        return;
      }
      double delta = value - means[step];
      means[step] += delta / count;
      result[step] += delta * (value - means[step]);
    }

    @Override
    double[] values() {
      for (int i = 0; i < result.length; i++) {
        if (!isFirst(i)) {
          double variance = result[i] / counts[i];
          result[i] = root ? Math.sqrt(variance) : variance;
        }
      }
      return result;
    }
  }
}
