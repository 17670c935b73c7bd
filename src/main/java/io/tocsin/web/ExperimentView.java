package io.tocsin.web;

import io.tocsin.experiment.Effect;
import io.tocsin.experiment.Experiment;
import io.tocsin.experiment.ExperimentResult;
import io.tocsin.experiment.Metric;
import java.util.Locale;

/** An experiment and what it has shown, in words for the page. */
public record ExperimentView(Experiment experiment, ExperimentResult result) {

  /** What to do now. */
  public String verdict() {
    return switch (result.verdict()) {
      case INSUFFICIENT_DATA -> "Too few units";
      case RUNNING -> experiment.running() ? "Running" : "Stopped, nothing certain";
      case WINNER -> "Winner: " + result.winner().orElse("");
      case NO_DIFFERENCE -> "No difference that matters";
      case HARM -> "Stop: harm";
      case SAMPLE_RATIO_MISMATCH -> "Broken: sizes do not fit";
    };
  }

  /** The class of the verdict's pill. */
  public String tone() {
    return switch (result.verdict()) {
      case WINNER -> "pill-met";
      case HARM, SAMPLE_RATIO_MISMATCH -> "pill-over";
      case NO_DIFFERENCE -> "pill-near";
      case INSUFFICIENT_DATA, RUNNING -> "pill-none";
    };
  }

  /** The role of an effect's metric. */
  public String role(Effect effect) {
    return experiment
        .metric(effect.metric())
        .map(metric -> metric.role().name().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /** A metric's value: a share as percent. */
  public String value(Effect effect, double value) {
    return share(effect)
        ? String.format(Locale.ROOT, "%.2f %%", 100 * value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  /** A difference: of shares in points. */
  public String change(Effect effect, double value) {
    return share(effect)
        ? String.format(Locale.ROOT, "%+.2f points", 100 * value)
        : String.format(Locale.ROOT, "%+.4g", value);
  }

  /** Where the difference certainly lies; of shares in points, which are a hundred at most. */
  public String range(Effect effect) {
    double low = effect.always().low();
    double high = effect.always().high();
    return share(effect)
        ? String.format(
            Locale.ROOT, "%+.2f to %+.2f", 100 * Math.max(-1, low), 100 * Math.min(1, high))
        : String.format(Locale.ROOT, "%+.4g to %+.4g", low, high);
  }

  private boolean share(Effect effect) {
    return experiment
        .metric(effect.metric())
        .filter(metric -> metric.kind() == Metric.Kind.PROPORTION)
        .isPresent();
  }

  /** A p-value as people read it. */
  public static String p(double value) {
    return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** A ratio as percent. */
  public static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * ratio);
  }
}
