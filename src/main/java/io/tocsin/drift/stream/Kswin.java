package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Kolmogorov-Smirnov windowing: the latest values of a window against as many drawn from the older
 * ones; a drift when p is at most alpha and D above 0.1. The drawing makes indices depend on the
 * seed; "all" compares with every older value instead.
 *
 * <p>Source: C. Raab, M. Heusinger and F.-M. Schleif, Reactive soft prototype computing for concept
 * drift streams, Neurocomputing 416, 2020.
 */
final class Kswin implements Detector {

  private static final double LEAST_GAP = 0.1;
  private static final KolmogorovSmirnovTest TEST =
      KolmogorovSmirnovTest.withDefaults().with(PValueMethod.EXACT);

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("alpha", 0, 1, 0.005, "p-value up to which is a drift."),
          Parameter.whole("window", 4, 10_000, 100, "Values held."),
          Parameter.whole("latest", 2, 5000, 30, "How many of them are the latest."),
          Parameter.choice(
              "older", List.of("sample", "all"), "sample", "What the latest are compared with."),
          Parameter.whole("seed", 0, Integer.MAX_VALUE, 0, "Seed of the drawing."),
          Direction.PARAMETER);

  private final double alpha;
  private final int size;
  private final int latest;
  private final boolean sampled;
  private final Direction direction;
  private final SplittableRandom random;
  private final double[] window;
  private int held;

  /**
   * Checks the sizes against each other.
   *
   * @throws IllegalArgumentException when the latest values are more than half of the window
   */
  Kswin(Options options) {
    alpha = options.real("alpha");
    size = options.whole("window");
    latest = options.whole("latest");
    sampled = options.text("older").equals("sample");
    direction = Direction.of(options);
    random = new SplittableRandom(options.whole("seed"));
    if (2 * latest > size) {
      throw new IllegalArgumentException(
          "parameters.latest: found %d, expected at most half of the window of %d"
              .formatted(latest, size));
    }
    window = new double[size];
  }

  @Override
  public State add(double value) {
    if (held == size) {
      System.arraycopy(window, 1, window, 0, size - 1);
      held--;
    }
    window[held++] = value;
    if (held < size) {
      return State.STABLE;
    }
    double[] recent = Arrays.copyOfRange(window, size - latest, size);
    double[] older = Arrays.copyOf(window, size - latest);
    double[] compared = sampled ? drawn(older) : older;
    double d = TEST.statistic(compared, recent);
    // The p-value costs more than the gap, which is small most of the time.
    boolean drifted =
        d > LEAST_GAP
            && direction.counts(mean(older), mean(recent))
            && TEST.test(compared, recent).getPValue() <= alpha;
    if (drifted) {
      System.arraycopy(recent, 0, window, 0, latest);
      held = latest;
      return State.DRIFT;
    }
    return State.STABLE;
  }

  private double[] drawn(double[] older) {
    for (int i = 0; i < latest; i++) {
      int j = i + random.nextInt(older.length - i);
      double swap = older[i];
      older[i] = older[j];
      older[j] = swap;
    }
    return Arrays.copyOf(older, latest);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }
}
