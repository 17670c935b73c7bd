package io.tocsin.model;

/** What of a model is compared: one input, the answers, or how sure it is of them. */
public sealed interface Subject {

  /** The answers. */
  Subject PREDICTION = new Answer();

  /** The confidence of the answers, ratio 0-1. */
  Subject CONFIDENCE = new Confidence();

  /** One input by name. */
  record Feature(String name) implements Subject {}

  /** See {@link #PREDICTION}. */
  record Answer() implements Subject {}

  /** See {@link #CONFIDENCE}. */
  record Confidence() implements Subject {}

  /** The word in labels: {@code feature}, {@code prediction} or {@code confidence}. */
  default String kind() {
    return switch (this) {
      case Feature ignored -> "feature";
      case Answer ignored -> "prediction";
      case Confidence ignored -> "confidence";
    };
  }

  /** The feature's name, {@code ""} for the others. */
  default String feature() {
    return this instanceof Feature(String name) ? name : "";
  }
}
