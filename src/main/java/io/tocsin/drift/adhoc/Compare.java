package io.tocsin.drift.adhoc;

import io.tocsin.drift.DriftResult;
import io.tocsin.drift.DriftScore;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.Guard;
import io.tocsin.drift.option.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compare two samples.
 *
 * @param threshold the effect that is a drift; else the method's critical one
 * @param minSamples rows the current sample needs, the reference five times as many; 1 compares
 *     whatever there is by the plain definition
 * @param significance chance of sampling alone passing the noise floor
 */
public record Compare(
    DriftTest method,
    Options options,
    Sample reference,
    Sample current,
    OptionalDouble threshold,
    long minSamples,
    double significance) {

  /** 1 in 1000. */
  public static final double SIGNIFICANCE = 0.001;

  /**
   * What a comparison answers.
   *
   * @param statistic in the method's own unit
   * @param pValue probability of such a statistic without drift, where defined
   * @param effect comparable between sample sizes
   * @param noiseFloor statistic that sampling alone reaches once in 1/significance comparisons
   * @param resolution what counting in bins may hide
   * @param threshold the effect that is a drift
   * @param verdict one of {@link Judgement}
   * @param reason why there is no number
   */
  public record Answer(
      String method,
      Map<String, String> parameters,
      String kind,
      Side reference,
      Side current,
      OptionalDouble statistic,
      OptionalDouble pValue,
      OptionalDouble effect,
      OptionalDouble noiseFloor,
      OptionalDouble resolution,
      Optional<Integer> bins,
      double threshold,
      String verdict,
      Optional<String> reason,
      List<String> notes) {}

  /**
   * Sizes of one side.
   *
   * @param n rows with a value
   * @param missing rows without
   */
  public record Side(long n, long missing) {
    static Side of(Sample sample) {
      return new Side(sample.rows(), sample.missing());
    }
  }

  /**
   * Compares.
   *
   * @throws BadInput when one side is numbers and the other categories
   */
  public Answer run() {
    boolean numbers = reference instanceof Sample.Numbers;
    boolean empty = reference.rows() == 0 || current.rows() == 0;
    if (!empty && numbers != current instanceof Sample.Numbers) {
      throw BadInput.of(
          "current", numbers ? "categories" : "numbers", numbers ? "numbers" : "categories");
    }
    Guard guard =
        minSamples <= 1
            ? new Guard(1, 1, 0, significance)
            : new Guard(5 * minSamples, minSamples, 20, significance);
    DriftResult result =
        empty
            ? new DriftResult.NoData(reference.rows(), current.rows())
            : method.compare(reference.reference(), current.window(), guard, options);
    return switch (result) {
      case DriftScore score -> answer(score);
      case DriftResult.NoData ignored ->
          without(Judgement.NO_DATA, "a side has no rows after dropping what is missing");
      case DriftResult.TooFewSamples few ->
          without(
              Judgement.INSUFFICIENT_DATA,
              "%d rows in the reference (%d needed), %d in the current sample (%d needed)"
                  .formatted(
                      few.reference(), few.neededReference(), few.current(), few.neededCurrent()));
      case DriftResult.Unsuitable(String why) -> without(Judgement.UNSUITABLE, why);
    };
  }

  private double limit() {
    return threshold.orElse(method.critical());
  }

  private Answer answer(DriftScore score) {
    return new Answer(
        method.id(),
        options.all(),
        kind(),
        Side.of(reference),
        Side.of(current),
        OptionalDouble.of(score.statistic()),
        score.pValue(),
        OptionalDouble.of(score.effect()),
        OptionalDouble.of(score.floor()),
        OptionalDouble.of(score.resolution()),
        score.bins() == 0 ? Optional.empty() : Optional.of(score.bins()),
        limit(),
        judge(score).word(),
        Optional.empty(),
        score.notes());
  }

  private Judgement judge(DriftScore score) {
    double warning = threshold.isPresent() ? limit() : method.warning();
    if (score.effect() < warning) {
      return Judgement.NO_DRIFT;
    }
    if (!score.aboveNoise()) {
      return Judgement.NOISE;
    }
    return score.effect() >= limit() ? Judgement.DRIFT : Judgement.WARNING;
  }

  private Answer without(Judgement judgement, String reason) {
    return new Answer(
        method.id(),
        options.all(),
        kind(),
        Side.of(reference),
        Side.of(current),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        limit(),
        judgement.word(),
        Optional.of(reason),
        List.of());
  }

  private String kind() {
    Sample told = reference.rows() > 0 ? reference : current;
    return told instanceof Sample.Numbers ? "numeric" : "categorical";
  }
}
