package io.tocsin.grafana.board;

import static io.tocsin.grafana.Panel.figure;
import static io.tocsin.grafana.Panel.lines;
import static io.tocsin.grafana.Panel.meters;
import static io.tocsin.grafana.Panel.states;

import io.tocsin.grafana.Board;
import io.tocsin.grafana.Board.Section;
import io.tocsin.grafana.Colour;
import io.tocsin.grafana.Panel.Word;
import io.tocsin.grafana.Scale;
import io.tocsin.grafana.Unit;
import io.tocsin.grafana.Variable;
import java.util.List;
import java.util.Map;

/** Watched models: are they right, fast, and fed with what they know? */
final class ModelBoard {

  private static final String OF = "{model=~'$model'}";
  private static final String NONE = "no model is watched, or it made no prediction yet.";
  private static final String NO_LABELS = "no ground truth has come in for these predictions.";
  private static final String NO_RULE = "no drift rule asks about these features.";

  private ModelBoard() {}

  static Board board() {
    return new Board(
        "tocsin-models",
        "Model health",
        "Accuracy, drift, confidence and latency of every watched model.",
        "now-3h",
        List.of(Variable.MODEL),
        List.of(
            figure("Accuracy", "The lowest, on labelled predictions; page below 95 %.")
                .ask("min(model_accuracy" + OF + ")")
                .in(Unit.RATIO, Scale.falling(0.95, 0.96))
                .runbook("ModelAccuracyLow")
                .emptyWhen(NO_LABELS),
            figure("Drift", "The highest score of any feature; alarm from 0.2 on for PSI.")
                .ask("max(model_drift_score" + OF + ")")
                .in(Unit.COUNT, Scale.rising(0.1, 0.2))
                .runbook("ModelDrift")
                .emptyWhen(NO_RULE),
            figure("Latency", "Mean of the slowest model; target below 50 ms, page above 100.")
                .ask("max(model_latency_seconds_mean" + OF + ")")
                .in(Unit.SECONDS, Scale.rising(0.05, 0.1))
                .runbook("ModelLatencyHigh")
                .emptyWhen(NONE),
            figure("Confidence", "Mean of the least sure model; alarm below 60 %.")
                .ask("min(model_confidence_mean" + OF + ")")
                .in(Unit.RATIO, Scale.falling(0.6, 0.7))
                .runbook("ModelConfidenceLow")
                .emptyWhen(NONE),
            figure("Predictions", "A second, all models. Zero means that one is silent.")
                .ask("sum(rate(model_predictions_total" + OF + "[$__rate_interval]))")
                .in(Unit.PER_SECOND, Scale.atLeast(0.001))
                .runbook("ModelSilent")
                .emptyWhen(NONE),
            figure("Requests that fail", "Share of requests that end in an error; page above 5 %.")
                .ask(
                    "max(sum by (model) (rate(model_errors_total"
                        + OF
                        + "[5m])) / (sum by (model) (rate(model_requests_total"
                        + OF
                        + "[5m])) > 0))")
                .in(Unit.RATIO, Scale.rising(0.01, 0.05))
                .runbook("ModelFailing")
                .emptyWhen("no model server reports model_requests_total.")),
        List.of(quality(), inputs(), service()));
  }

  private static Section quality() {
    return Section.of(
        "Is it right?",
        lines("Accuracy", "Share of labelled predictions that were right; page below 95 %.")
            .ask("model_accuracy" + OF, "{{model}}")
            .in(Unit.RATIO, Scale.falling(0.95, 0.96))
            .runbook("ModelAccuracyLow", "ModelPerformanceDrop")
            .emptyWhen(NO_LABELS),
        lines("Confidence", "Mean confidence of predictions.")
            .ask("model_confidence_mean" + OF, "{{model}}")
            .in(Unit.RATIO, Scale.falling(0.6, 0.7))
            .runbook("ModelConfidenceLow")
            .emptyWhen(NONE),
        lines("Label delay", "How late the newest ground truth is: until then accuracy is old.")
            .ask("model_label_delay_seconds" + OF, "{{model}}")
            .in(Unit.DURATION)
            .emptyWhen("nobody reports model_label_delay_seconds."));
  }

  private static Section inputs() {
    return Section.of(
        "Is it fed with what it knows?",
        states("Drift by feature", "Below 0.1 calm, to 0.2 watch, from 0.2 on it has drifted.")
            .ask(
                "(max by (model, feature) (model_drift_score"
                    + OF
                    + ") > bool 0.1)"
                    + " + (max by (model, feature) (model_drift_score"
                    + OF
                    + ") > bool 0.2)",
                "{{model}} {{feature}}")
            .in(Unit.STATE)
            .words(
                Map.of(
                    0, new Word("calm", Colour.GOOD),
                    1, new Word("watch", Colour.AMBER),
                    2, new Word("drifted", Colour.RED)))
            .runbook("ModelDrift", "ModelPredictionDrift")
            .emptyWhen(NO_RULE),
        lines("Drift score and its floor", "Below its floor a score is chance, whatever it says.")
            .ask("model_drift_score" + OF, "{{model}} {{feature}}")
            .ask("model_drift_noise_floor" + OF, "floor {{model}} {{feature}}")
            .in(Unit.COUNT, Scale.rising(0.1, 0.2))
            .runbook("ModelDrift")
            .emptyWhen(NO_RULE),
        meters("Missing inputs", "Share of values that are missing; alarm above 10 %.")
            .ask("model_missing_ratio{model=~'$model', subject='feature'}", "{{model}} {{feature}}")
            .in(Unit.RATIO, Scale.rising(0.05, 0.1))
            .runbook("ModelInputMissing", "ModelDataQuality")
            .emptyWhen(NONE));
  }

  private static Section service() {
    return Section.of(
        "Does it serve?",
        lines("Latency", "Mean time of a prediction.")
            .ask("model_latency_seconds_mean" + OF, "{{model}}")
            .ask("model_inference_seconds_mean" + OF, "{{model}} inference")
            .in(Unit.SECONDS, Scale.rising(0.05, 0.1))
            .runbook("ModelLatencyHigh")
            .emptyWhen(NONE),
        lines("Predictions", "A second, by model and version.")
            .ask(
                "sum by (model, version) (rate(model_predictions_total"
                    + OF
                    + "[$__rate_interval]))",
                "{{model}} {{version}}")
            .in(Unit.PER_SECOND)
            .runbook("ModelSilent")
            .emptyWhen(NONE),
        lines("Requests that fail", "Share of requests, by model; page above 5 %.")
            .ask(
                "sum by (model) (rate(model_errors_total"
                    + OF
                    + "[5m]))"
                    + " / (sum by (model) (rate(model_requests_total"
                    + OF
                    + "[5m])) > 0)",
                "{{model}}")
            .in(Unit.RATIO, Scale.rising(0.01, 0.05))
            .runbook("ModelFailing")
            .emptyWhen("no model server reports model_requests_total."));
  }
}
