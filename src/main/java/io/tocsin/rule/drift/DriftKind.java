package io.tocsin.rule.drift;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a drift rule is about. */
public enum DriftKind {
  /** Inputs are distributed otherwise than they were. */
  DATA_DRIFT,
  /** Answers are. */
  PREDICTION_DRIFT,
  /** The model is less, or more, sure of its answers. */
  CONFIDENCE_DRIFT,
  /** Labels show that it answers worse. */
  PERFORMANCE_DROP,
  /** Its errors, one by one, have become more frequent. */
  CONCEPT_DRIFT,
  /** Without labels: it says itself that it answers worse. */
  ESTIMATED_PERFORMANCE,
  /** Other inputs matter than before. */
  IMPORTANCE_CHANGE,
  /** Inputs are missing, unseen or out of range. */
  DATA_QUALITY,
  /** Too few or too many predictions. */
  VOLUME,
  /** Labels that should be there are not. */
  LABEL_DELAY;

  /** The word in rule files and labels: {@code data_drift}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this id. */
  public static Optional<DriftKind> named(String id) {
    return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
  }

  /** All ids, for messages. */
  public static String ids() {
    return Arrays.stream(values()).map(DriftKind::id).collect(Collectors.joining(", "));
  }
}
