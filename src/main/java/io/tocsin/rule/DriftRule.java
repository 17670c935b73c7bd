package io.tocsin.rule;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.Evaluation;
import io.tocsin.alert.Evaluation.Outcome;
import io.tocsin.alert.Evaluation.Scope;
import io.tocsin.drift.DriftResult;
import io.tocsin.drift.DriftScore;
import io.tocsin.drift.DriftTest;
import io.tocsin.label.Labels;
import io.tocsin.model.DriftAnswer;
import io.tocsin.model.DriftQuestion;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import io.tocsin.template.QueryPort;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two distributions of a model that should be alike; too far apart is a breach.
 *
 * @param spec what the alerts' tracker needs
 * @param model the model's name
 * @param subject what is compared
 * @param test how
 * @param threshold the score from which on it is a breach
 * @param window length of the current window; the model's own when absent
 * @param reference what it is compared with; the model's own when absent
 * @param minSamples rows the current window needs
 * @param every how often it is looked at; the group's interval when absent
 * @param texts labels and annotations of its alerts
 */
public record DriftRule(
    AlertSpec spec,
    String model,
    Subject subject,
    DriftTest test,
    double threshold,
    Optional<Duration> window,
    Optional<ReferenceSource> reference,
    long minSamples,
    Optional<Duration> every,
    Texts texts)
    implements Rule {

  /**
   * Checks the rule.
   *
   * @throws RuleProblem for a threshold that no score can meaningfully reach
   */
  public DriftRule {
    AlertingRule.requireName(spec);
    if (!(threshold > 0)) {
      throw new RuleProblem("drift", "threshold " + threshold, "a threshold above 0");
    }
    if (minSamples < 1) {
      throw new RuleProblem("drift", "min_samples " + minSamples, "at least 1 row");
    }
  }

  /** The critical threshold of a test's effect, as PSI 0.2 and Kolmogorov-Smirnov's 0.18. */
  public static double defaultThreshold(DriftTest test) {
    return test.critical();
  }

  @Override
  public String id() {
    return spec.ruleId();
  }

  @Override
  public String name() {
    return spec.alertName();
  }

  /**
   * What to ask of the model; what the rule leaves open is the model's own.
   *
   * @throws IllegalArgumentException when reference and window overlap
   */
  public DriftQuestion question(ModelSpec own) {
    return new DriftQuestion(
        model,
        subject,
        test,
        window.orElse(own.window()),
        reference.orElse(own.reference()),
        minSamples);
  }

  /** What the answer means: too few rows are not known, never "nothing wrong". */
  public Evaluation evaluation(DriftAnswer answer, Site site, QueryPort queries) {
    return new Evaluation(spec, answer.at(), new Scope.Whole(), outcome(answer, site, queries));
  }

  private Outcome outcome(DriftAnswer answer, Site site, QueryPort queries) {
    Instant at = answer.at();
    return switch (answer.result()) {
      case DriftScore score ->
          new Outcome.Found(
              answer.reaches(threshold)
                  ? List.of(texts.breach(name(), labels(), score.effect(), at, site, queries))
                  : List.of());
      case DriftResult.NoData none -> new Outcome.Empty();
      case DriftResult.TooFewSamples few ->
          new Outcome.Unknown(
              "%d rows in the reference (%d needed), %d in the window (%d needed)"
                  .formatted(
                      few.reference(), few.neededReference(), few.current(), few.neededCurrent()),
              false);
      case DriftResult.Unsuitable unsuitable -> new Outcome.Unknown(unsuitable.reason());
    };
  }

  private Labels labels() {
    return Labels.from(
        Map.of(
            "model", model,
            "subject", subject.kind(),
            "feature", subject.feature(),
            "method", test.id()));
  }
}
