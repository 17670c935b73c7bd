package io.tocsin.model;

/** One value of a prediction: an input feature, the answer, or the later truth. */
public sealed interface FeatureValue {

  /** Nothing there: null, absent, NaN or infinite. Never enters a distribution; counted apart. */
  Missing MISSING = new Missing();

  /** A finite number. */
  record Numeric(double value) implements FeatureValue {}

  /** One of a set of names. */
  record Category(String name) implements FeatureValue {}

  /** Yes or no; in distributions the categories {@code true} and {@code false}. */
  record Flag(boolean value) implements FeatureValue {}

  /** See {@link #MISSING}. */
  record Missing() implements FeatureValue {}

  /** A number, or {@link #MISSING} when it is not finite. */
  static FeatureValue of(double value) {
    return Double.isFinite(value) ? new Numeric(value) : MISSING;
  }
}
