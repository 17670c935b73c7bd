package io.tocsin.drift.stream;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.option.Parameter;
import java.util.List;
import java.util.Map;

/**
 * {@link Adwin} at every value and {@link Glr} side by side; whichever sees a drift first has seen
 * it, and both start afresh. The likelihood ratio is soon on large changes, the variance bound on
 * small ones, and both are quiet.
 */
final class AdwinGlr implements Detector {

  static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.real("delta", 1e-12, 1, 0.002, "Chance of a false drift, of either."),
          Parameter.real("slack", 0, 100, 4, "Added to the likelihood ratio's threshold."),
          Direction.PARAMETER);

  private final Options adwin;
  private final Options glr;
  private Detector window;
  private Detector ratio;

  AdwinGlr(Options options) {
    String delta = options.text("delta");
    String direction = options.text("direction");
    adwin =
        Options.of(Adwin.PARAMETERS, Map.of("delta", delta, "clock", "1", "direction", direction));
    glr =
        Options.of(
            Glr.PARAMETERS,
            Map.of("delta", delta, "slack", options.text("slack"), "direction", direction));
    window = new Adwin(adwin);
    ratio = new Glr(glr);
  }

  @Override
  public State add(double value) {
    State one = window.add(value);
    State other = ratio.add(value);
    State state = one.compareTo(other) >= 0 ? one : other;
    if (state == State.DRIFT) {
      window = new Adwin(adwin);
      ratio = new Glr(glr);
    }
    return state;
  }
}
