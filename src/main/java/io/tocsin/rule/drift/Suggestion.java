package io.tocsin.rule.drift;

/** What to do first about a finding. */
final class Suggestion {

  private Suggestion() {}

  static String of(DriftKind kind) {
    return switch (kind) {
      case DATA_DRIFT ->
          "Look at where the inputs named first come from. If labels show no loss, watch; if they"
              + " do, or the drift stays for days, retrain on recent rows and freeze a new"
              + " baseline.";
      case PREDICTION_DRIFT ->
          "Compare with the drift of the inputs: if these moved too, the world did; if not, look at"
              + " the model's version and its deployment.";
      case CONFIDENCE_DRIFT ->
          "Check calibration on the newest labels, and the inputs for drift; less sure answers"
              + " often come before worse ones.";
      case PERFORMANCE_DROP ->
          "Confirmed by labels: retrain, or go back to the version before. Check data quality"
              + " first.";
      case CONCEPT_DRIFT ->
          "The same inputs have come to mean other outcomes: retrain on rows after the change.";
      case ESTIMATED_PERFORMANCE ->
          "An estimate without labels: hurry labels of this window along, then decide.";
      case IMPORTANCE_CHANGE ->
          "Look at the inputs that moved most: a leak, a broken feed, or a new pattern.";
      case DATA_QUALITY ->
          "Fix the data before anything else: judge drift and accuracy anew afterwards.";
      case VOLUME -> "Look at the callers and the serving path: do predictions reach us?";
      case LABEL_DELAY -> "Look at the feed of labels: accuracy cannot be judged until it is back.";
    };
  }
}
