package io.tocsin.rule.drift;

import io.tocsin.drift.DriftScore;
import io.tocsin.drift.DriftTest;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * How likely a score is without drift. Distances of bins are functions of the population stability
 * index, which without drift, over (1/n + 1/m), follows chi-square with one degree of freedom less
 * than there are bins: the same forms that give their noise floors, read the other way.
 */
final class Significance {

  private Significance() {}

  /** The test's own p-value or that of its closed form; empty where there is neither. */
  static OptionalDouble p(DriftTest test, DriftScore score) {
    if (score.pValue().isPresent()) {
      return score.pValue();
    }
    double s = score.statistic();
    return switch (test) {
      case PSI -> ofIndex(s, score);
      case KULLBACK_LEIBLER -> ofIndex(2 * s, score);
      case HELLINGER -> ofIndex(8 * s * s, score);
      case BHATTACHARYYA -> ofIndex(8 * s, score);
      case JENSEN_SHANNON -> ofIndex(8 * Math.log(2) * s * s, score);
      case TOTAL_VARIATION, CRAMERS_V -> ofIndex(4 * s * s, score);
      default -> OptionalDouble.empty();
    };
  }

  private static OptionalDouble ofIndex(double index, DriftScore score) {
    if (score.bins() < 2) {
      return OptionalDouble.of(1);
    }
    double noise = 1.0 / score.n() + 1.0 / score.m();
    return OptionalDouble.of(
        ChiSquaredDistribution.of(score.bins() - 1)
            .survivalProbability(Math.max(0, index) / noise));
  }
}
