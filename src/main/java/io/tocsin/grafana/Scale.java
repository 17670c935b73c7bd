package io.tocsin.grafana;

import java.util.ArrayList;
import java.util.List;

/**
 * From which value on a figure has which colour.
 *
 * @param lowest the colour below the first step
 * @param steps ascending
 */
public record Scale(Colour lowest, List<Step> steps) {

  /** A colour from a value on. */
  public record Step(double from, Colour colour) {}

  /** A figure that is neither good nor bad. */
  public static final Scale PLAIN = new Scale(Colour.BLUE, List.of());

  public Scale {
    steps = List.copyOf(steps);
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).from() <= steps.get(i - 1).from()) {
        throw new IllegalArgumentException("steps: found " + steps + ", expected ascending ones");
      }
    }
  }

  /** Good below, red from a value on. */
  public static Scale red(double from) {
    return new Scale(Colour.GOOD, List.of(new Step(from, Colour.RED)));
  }

  /** Good below, amber from a value on. */
  public static Scale amber(double from) {
    return new Scale(Colour.GOOD, List.of(new Step(from, Colour.AMBER)));
  }

  /** Good, then amber, then red: the more the worse. */
  public static Scale rising(double amber, double red) {
    return new Scale(
        Colour.GOOD, List.of(new Step(amber, Colour.AMBER), new Step(red, Colour.RED)));
  }

  /** Red, then amber, then good: the less the worse. */
  public static Scale falling(double amber, double good) {
    return new Scale(
        Colour.RED, List.of(new Step(amber, Colour.AMBER), new Step(good, Colour.GOOD)));
  }

  /** Red below, good from a value on. */
  public static Scale atLeast(double good) {
    return new Scale(Colour.RED, List.of(new Step(good, Colour.GOOD)));
  }

  /** These steps and one more above. */
  public Scale then(double from, Colour colour) {
    var more = new ArrayList<>(steps);
    more.add(new Step(from, colour));
    return new Scale(lowest, more);
  }
}
