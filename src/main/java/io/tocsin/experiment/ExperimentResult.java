package io.tocsin.experiment;

import io.tocsin.drift.measure.ChiSquare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an experiment has shown so far. It may be read as often as one likes.
 *
 * @param exposed units by variant, control first
 * @param sampleRatioP how likely the sizes of the variants are under their weights
 * @param effects of every treatment on every metric, the primary one first
 * @param winner the variant to keep, once that is certain
 * @param reasons sentences for people
 */
public record ExperimentResult(
    Map<String, Long> exposed,
    double sampleRatioP,
    List<Effect> effects,
    Verdict verdict,
    Optional<String> winner,
    List<String> reasons) {

  /** Units that each variant needs before the normal approximation is trusted. */
  public static final int FEWEST_UNITS = 100;

  /** Sizes less likely than this mean that the splitting or the counting is broken. */
  private static final double BROKEN = 0.001;

  /** What to do now. */
  public enum Verdict {
    /** Too few units for any statement. */
    INSUFFICIENT_DATA,
    /** Nothing is certain yet. */
    RUNNING,
    /** A variant is better: keep it. */
    WINNER,
    /** No treatment changes the primary metric by as much as the minimum effect. */
    NO_DIFFERENCE,
    /** A guardrail is worse than its margin: stop. */
    HARM,
    /** The variants' sizes do not fit their weights: trust nothing. */
    SAMPLE_RATIO_MISMATCH
  }

  /** Judges what was counted. The error rate is shared among treatments by Bonferroni. */
  public static ExperimentResult of(Experiment experiment, Tallies tallies) {
    var exposed = new LinkedHashMap<String, Long>();
    experiment.variants().forEach(variant -> exposed.put(variant.name(), tallies.exposed(variant)));
    double ratio = sampleRatio(experiment, tallies);
    List<Effect> effects = effects(experiment, tallies);
    var judged = new Judge(experiment, effects);
    boolean few = exposed.values().stream().anyMatch(units -> units < FEWEST_UNITS);
    if (ratio < BROKEN) {
      judged.say(
          Verdict.SAMPLE_RATIO_MISMATCH,
          "The variants' sizes do not fit their weights (p = %.2g): splitting or counting is broken"
              .formatted(ratio));
    } else if (few) {
      judged.say(
          Verdict.INSUFFICIENT_DATA,
          "Every variant needs %d units before anything is said".formatted(FEWEST_UNITS));
    } else {
      judged.judge();
    }
    return new ExperimentResult(
        exposed, ratio, effects, judged.verdict, judged.winner, List.copyOf(judged.reasons));
  }

  private static double sampleRatio(Experiment experiment, Tallies tallies) {
    double[] weights = experiment.variants().stream().mapToDouble(Variant::weight).toArray();
    double[] units =
        experiment.variants().stream()
            .mapToDouble(variant -> (double) tallies.exposed(variant))
            .toArray();
    double all = 0;
    for (double unit : units) {
      all += unit;
    }
    return all == 0 ? 1 : ChiSquare.goodnessOfFit(weights, units, ChiSquare.Sum.PEARSON).p();
  }

  private static List<Effect> effects(Experiment experiment, Tallies tallies) {
    double alpha = experiment.alpha() / experiment.treatments().size();
    var effects = new ArrayList<Effect>();
    var metrics = new ArrayList<>(experiment.metrics());
    metrics.sort(Comparator.comparing(Metric::role));
    for (Metric metric : metrics) {
      Tally control = tallies.of(metric, experiment.control());
      for (Variant treatment : experiment.treatments()) {
        Tally treated = tallies.of(metric, treatment);
        if (control.units() > 1 && treated.units() > 1) {
          effects.add(
              Effect.of(metric, treatment.name(), control, treated, alpha, experiment.power()));
        }
      }
    }
    return List.copyOf(effects);
  }

  private static final class Judge {
    private final Experiment experiment;
    private final List<Effect> effects;
    private final List<String> reasons = new ArrayList<>();
    private Verdict verdict = Verdict.RUNNING;
    private Optional<String> winner = Optional.empty();

    Judge(Experiment experiment, List<Effect> effects) {
      this.experiment = experiment;
      this.effects = effects;
    }

    void say(Verdict found, String reason) {
      verdict = found;
      reasons.add(reason);
    }

    void judge() {
      var harmful = harmful();
      Metric primary = experiment.primary();
      List<Effect> decisive =
          effects.stream().filter(effect -> effect.metric().equals(primary.name())).toList();
      Optional<Effect> best =
          decisive.stream()
              .filter(effect -> effect.better(primary) && !harmful.contains(effect.variant()))
              .max(
                  Comparator.comparingDouble(effect -> primary.goal().better(effect.difference())));
      if (best.isPresent()) {
        winner = Optional.of(best.get().variant());
        say(
            Verdict.WINNER,
            "%s changes %s by %+.4g, certainly between %+.4g and %+.4g"
                .formatted(
                    best.get().variant(),
                    primary.name(),
                    best.get().difference(),
                    best.get().always().low(),
                    best.get().always().high()));
      } else if (!harmful.isEmpty()) {
        verdict = Verdict.HARM;
      } else if (!decisive.isEmpty() && decisive.stream().allMatch(e -> e.worse(primary, 0))) {
        winner = Optional.of(experiment.control().name());
        say(Verdict.WINNER, "Every treatment is worse: keep " + experiment.control().name());
      } else if (!decisive.isEmpty() && decisive.stream().allMatch(e -> e.negligible(primary))) {
        say(
            Verdict.NO_DIFFERENCE,
            "No treatment changes %s by as much as %s"
                .formatted(primary.name(), primary.minimumEffect()));
      } else {
        reasons.add("Nothing is certain yet");
      }
    }

    private List<String> harmful() {
      var harmful = new ArrayList<String>();
      for (Effect effect : effects) {
        Metric metric = experiment.metric(effect.metric()).orElseThrow();
        if (metric.role() == Metric.Role.GUARDRAIL && effect.worse(metric, metric.margin())) {
          harmful.add(effect.variant());
          reasons.add(
              "%s makes %s worse than its margin of %s: %+.4g"
                  .formatted(
                      effect.variant(), metric.name(), metric.margin(), effect.difference()));
        }
      }
      return harmful;
    }
  }
}
