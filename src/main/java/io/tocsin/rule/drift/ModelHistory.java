package io.tocsin.rule.drift;

import io.tocsin.drift.Reference;
import io.tocsin.drift.Window;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What drift rules read of watched models. Every question names its time, so that the past answers
 * as the present did, as far back as it is kept.
 */
public interface ModelHistory {

  /**
   * Values of a stretch.
   *
   * @param rows usable ones
   * @param missing null, NaN, infinite or of another type
   * @param mean empty for categories and without rows
   * @param sd of the population; as the mean
   * @param unseen rows in categories that the baseline did not have
   * @param outside numbers beyond the baseline's least and largest
   */
  record Stretch(
      Instant from,
      Instant to,
      long rows,
      long missing,
      OptionalDouble mean,
      OptionalDouble sd,
      long unseen,
      long outside) {}

  /** A reference and a window ready to be compared, with what is known of the rows behind each. */
  record Sides(Reference reference, Window window, Stretch before, Stretch now) {}

  /**
   * Confidence against what happened.
   *
   * @param rows judged rows of this bin of confidence
   * @param right of these, answered rightly
   * @param confidence their sum of confidence
   */
  record Bin(long rows, long right, double confidence) {
    static final Bin NONE = new Bin(0, 0, 0);
  }

  /**
   * Predictions whose truth is known, by the time of the prediction.
   *
   * @param rows judged
   * @param right of these, answered rightly
   * @param absolute sum of absolute errors of numbers
   * @param squared sum of squared errors of numbers
   * @param numbers judged rows with a number for an answer
   * @param calibration bins of rising confidence
   * @param answers what else is known of them
   */
  record Judged(
      long rows,
      long right,
      double absolute,
      double squared,
      long numbers,
      List<Bin> calibration,
      Answers answers) {

    public static final Judged NONE = new Judged(0, 0, 0, 0, 0, List.of());

    public Judged {
      calibration = List.copyOf(calibration);
    }

    /** When only right ones are counted and errors summed. */
    public Judged(
        long rows,
        long right,
        double absolute,
        double squared,
        long numbers,
        List<Bin> calibration) {
      this(rows, right, absolute, squared, numbers, calibration, Answers.NONE);
    }

    /** Both together. */
    Judged plus(Judged other) {
      var bins = new ArrayList<Bin>();
      for (int i = 0; i < Math.max(calibration.size(), other.calibration.size()); i++) {
        Bin a = i < calibration.size() ? calibration.get(i) : Bin.NONE;
        Bin b = i < other.calibration.size() ? other.calibration.get(i) : Bin.NONE;
        bins.add(new Bin(a.rows + b.rows, a.right + b.right, a.confidence + b.confidence));
      }
      return new Judged(
          rows + other.rows,
          right + other.right,
          absolute + other.absolute,
          squared + other.squared,
          numbers + other.numbers,
          bins,
          answers.plus(other.answers, numbers, other.numbers));
    }
  }

  /**
   * How much there was.
   *
   * @param predictions rows
   * @param labellable rows that a truth can be joined to
   * @param labelled rows whose truth is known by now
   */
  record Volume(long predictions, long labellable, long labelled) {}

  /**
   * The error of one judged prediction: 0 or 1 for classes, the distance for numbers.
   *
   * @param sequence rises in the order truths arrived
   */
  record Mistake(long sequence, Instant predictedAt, double error) {}

  /** How much each input matters, at a time. */
  record Weights(Instant at, Map<String, Double> weights) {
    public Weights {
      weights = Map.copyOf(weights);
    }
  }

  /** The models there are. */
  List<String> models();

  /** A model's own window and reference. */
  ModelSpec spec(String model);

  /** The inputs a model has. */
  List<String> features(Target target);

  /** The reference and the window that ends at an instant; empty when neither is known. */
  Optional<Sides> sides(
      Target target, Subject subject, ReferenceSource reference, Duration window, Instant at);

  /** Judged predictions of {@code [from, to)}. */
  Judged judged(Target target, Instant from, Instant to);

  /** Predictions of {@code [from, to)}. */
  Volume volume(Target target, Instant from, Instant to);

  /** Errors after a sequence number that were known at an instant, in order of arrival. */
  List<Mistake> errors(Target target, long after, Instant at);

  /** Importances at or before an instant, oldest first. */
  List<Weights> importances(Target target, Instant at);

  /**
   * The oldest instant at which a window of this length can be asked about as of an instant; empty
   * when nothing is kept.
   */
  Optional<Instant> keptSince(Target target, Duration window, Instant at);

  /** A world without models. */
  static ModelHistory none() {
    return new NoModels();
  }
}
