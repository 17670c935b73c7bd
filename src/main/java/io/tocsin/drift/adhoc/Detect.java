package io.tocsin.drift.adhoc;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.stream.ChangeDetector;
import io.tocsin.drift.stream.Detector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Run a detector over a stream.
 *
 * @param values in order; NaN where one is missing, which is passed over
 */
public record Detect(ChangeDetector detector, Options options, double[] values) {

  /** More indices of warnings than this are counted but not listed. */
  public static final int MOST_WARNINGS = 100_000;

  /**
   * Where the stream changed.
   *
   * @param n values that were there
   * @param missing values passed over; they keep their index
   * @param warnings indices, from 0; at most {@link #MOST_WARNINGS}
   * @param warningCount all of them
   * @param drifts indices, from 0
   */
  public record Answer(
      String detector,
      Map<String, String> parameters,
      long n,
      long missing,
      List<Integer> warnings,
      long warningCount,
      List<Integer> drifts) {}

  /**
   * Runs.
   *
   * @throws IllegalArgumentException when parameters contradict each other
   */
  public Answer run() {
    Detector running = detector.start(options);
    var warnings = new ArrayList<Integer>();
    var drifts = new ArrayList<Integer>();
    long warned = 0;
    long missing = 0;
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        missing++;
        continue;
      }
      switch (running.add(values[i])) {
        case STABLE -> {}
        case WARNING -> {
          warned++;
          if (warnings.size() < MOST_WARNINGS) {
            warnings.add(i);
          }
        }
        case DRIFT -> drifts.add(i);
      }
    }
    return new Answer(
        detector.id(),
        options.all(),
        values.length - missing,
        missing,
        List.copyOf(warnings),
        warned,
        List.copyOf(drifts));
  }
}
