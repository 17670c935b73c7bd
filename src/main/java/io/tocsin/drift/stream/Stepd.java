package io.tocsin.drift.stream;

import io.tocsin.drift.measure.Normal;
import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;

/**
 * Statistical test of equal proportions on error bits: the latest values against all before them,
 * with continuity correction.
 *
 * <p>Source: K. Nishida and K. Yamauchi, Detecting concept drift using statistical testing, DS
 * 2007.
 */
final class Stepd implements Detector {

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.whole("window", 1, 100_000, 30, "The latest values."),
          Parameter.real("alpha_drift", 0, 1, 0.003, "p-value below which is a drift."),
          Parameter.real("alpha_warning", 0, 1, 0.05, "p-value below which is a warning."),
          Parameter.choice(
              "sides", List.of("two", "one"), "two", "Tails of the p-value: MOA two, Frouros one."),
          Direction.PARAMETER);

  private final double[] latest;
  private final double alphaDrift;
  private final double alphaWarning;
  private final int sides;
  private final Direction direction;
  private int next;
  private int recent;
  private double recentErrors;
  private long older;
  private double olderErrors;
  private boolean drifted;

  Stepd(Options options) {
    latest = new double[options.whole("window")];
    alphaDrift = options.real("alpha_drift");
    alphaWarning = options.real("alpha_warning");
    sides = options.text("sides").equals("two") ? 2 : 1;
    direction = Direction.of(options);
  }

  @Override
  public State add(double error) {
    if (drifted) {
      recent = 0;
      recentErrors = 0;
      older = 0;
      olderErrors = 0;
      drifted = false;
    }
    if (recent == latest.length) {
      older++;
      olderErrors += latest[next];
      recentErrors -= latest[next];
    } else {
      recent++;
    }
    latest[next] = error;
    recentErrors += error;
    next = (next + 1) % latest.length;
    if (older < latest.length || !direction.counts(olderErrors / older, recentErrors / recent)) {
      return State.STABLE;
    }
    double p = p();
    drifted = p < alphaDrift;
    if (drifted) {
      return State.DRIFT;
    }
    return p < alphaWarning ? State.WARNING : State.STABLE;
  }

  private double p() {
    double both = (olderErrors + recentErrors) / (older + recent);
    double inverse = 1.0 / older + 1.0 / recent;
    double gap = Math.abs(olderErrors / older - recentErrors / recent) - inverse / 2;
    double z = gap / Math.sqrt(both * (1 - both) * inverse);
    return sides * Normal.survival(Math.abs(z));
  }
}
