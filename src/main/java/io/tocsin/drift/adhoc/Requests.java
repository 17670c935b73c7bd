package io.tocsin.drift.adhoc;

import com.fasterxml.jackson.core.JsonToken;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.option.Options;
import io.tocsin.drift.stream.ChangeDetector;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests as JSON. */
public final class Requests {

  /** Values of all arrays of a request together. */
  public static final int MOST_VALUES = 2_000_000;

  private Requests() {}

  /**
   * A comparison: {@code method}, {@code parameters}, {@code reference}, {@code current}, and
   * optionally {@code type} (numeric or categorical), {@code threshold}, {@code min_samples},
   * {@code significance}.
   *
   * @throws IllegalArgumentException naming the field
   */
  public static Compare compare(byte[] json) {
    var request = new Comparison();
    new RequestReader()
        .field("method", parser -> request.method = RequestReader.text(parser, "method"))
        .field(
            "parameters",
            parser -> request.parameters = RequestReader.parameters(parser, "parameters"))
        .field("type", parser -> request.type = RequestReader.text(parser, "type"))
        .field(
            "reference",
            parser -> request.reference = RequestReader.sample(parser, "reference", MOST_VALUES))
        .field(
            "current",
            parser -> request.current = RequestReader.sample(parser, "current", MOST_VALUES))
        .field(
            "threshold",
            parser ->
                request.threshold = OptionalDouble.of(RequestReader.number(parser, "threshold")))
        .field(
            "min_samples",
            parser -> request.minSamples = RequestReader.whole(parser, "min_samples", 1, 1_000_000))
        .field(
            "significance",
            parser -> request.significance = RequestReader.number(parser, "significance"))
        .read(json);
    return request.build();
  }

  private static final class Comparison {
    private String method = "";
    private Map<String, String> parameters = Map.of();
    private String type = "";
    private @Nullable Sample reference;
    private @Nullable Sample current;
    private OptionalDouble threshold = OptionalDouble.empty();
    private long minSamples = 1;
    private double significance = Compare.SIGNIFICANCE;

    Compare build() {
      if (reference == null || current == null) {
        throw new BadInput(
            (reference == null ? "reference" : "current") + " is missing: an array of values");
      }
      if (reference.rows() + current.rows() > MOST_VALUES && reference instanceof Sample.Numbers) {
        throw new BadInput("more than " + MOST_VALUES + " values together");
      }
      return compare(
          method, parameters, type, reference, current, threshold, minSamples, significance);
    }
  }

  /**
   * A comparison from its parts, as the command line has them.
   *
   * @throws IllegalArgumentException naming the part
   */
  public static Compare compare(
      String method,
      Map<String, String> parameters,
      String type,
      Sample reference,
      Sample current,
      OptionalDouble threshold,
      long minSamples,
      double significance) {
    DriftTest test =
        DriftTest.named(method)
            .orElseThrow(
                () ->
                    BadInput.of(
                        "method",
                        "\"" + method + "\"",
                        Arrays.stream(DriftTest.values())
                            .map(DriftTest::id)
                            .collect(Collectors.joining(", ", "one of ", ""))));
    if (!type.isEmpty() && !type.equals("numeric") && !type.equals("categorical")) {
      throw BadInput.of("type", "\"" + type + "\"", "numeric or categorical");
    }
    if (threshold.isPresent() && !(threshold.getAsDouble() > 0)) {
      throw BadInput.of("threshold", threshold.getAsDouble() + "", "a number above 0");
    }
    if (!(significance >= 0 && significance <= 0.5)) {
      throw BadInput.of("significance", significance + "", "a number from 0 to 0.5");
    }
    boolean categorical = type.equals("categorical");
    if (type.equals("numeric")) {
      requireNumbers("reference", reference);
      requireNumbers("current", current);
    }
    return new Compare(
        test,
        Options.of(test.parameters(), parameters),
        categorical ? reference.categorical() : reference,
        categorical ? current.categorical() : current,
        threshold,
        minSamples,
        significance);
  }

  private static void requireNumbers(String field, Sample sample) {
    if (sample instanceof Sample.Categories) {
      throw BadInput.of(field, "texts", "numbers, as the type says");
    }
  }

  /**
   * A detector's run: {@code detector}, {@code parameters}, {@code values}.
   *
   * @throws IllegalArgumentException naming the field
   */
  public static Detect detect(byte[] json) {
    var request = new Detection();
    new RequestReader()
        .field("detector", parser -> request.detector = RequestReader.text(parser, "detector"))
        .field(
            "parameters",
            parser -> request.parameters = RequestReader.parameters(parser, "parameters"))
        .field(
            "values", parser -> request.values = RequestReader.rows(parser, "values", MOST_VALUES))
        .read(json);
    Rows values = request.values;
    if (values == null) {
      throw new BadInput("values is missing: an array of numbers");
    }
    return detect(request.detector, request.parameters, values);
  }

  private static final class Detection {
    private String detector = "";
    private Map<String, String> parameters = Map.of();
    private @Nullable Rows values;
  }

  /**
   * A detector's run from its parts; true counts as 1, false as 0.
   *
   * @throws IllegalArgumentException naming the part
   */
  public static Detect detect(String detector, Map<String, String> parameters, Rows values) {
    ChangeDetector kind =
        ChangeDetector.named(detector)
            .orElseThrow(
                () ->
                    BadInput.of(
                        "detector",
                        "\"" + detector + "\"",
                        Arrays.stream(ChangeDetector.values())
                            .map(ChangeDetector::id)
                            .collect(Collectors.joining(", ", "one of ", ""))));
    Options options = Options.of(kind.parameters(), parameters);
    boolean flags =
        values.isText()
            && values.names().stream()
                .allMatch(name -> name.equals("true") || name.equals("false"));
    double[] numbers =
        flags
            ? values.names().stream().mapToDouble(name -> name.equals("true") ? 1 : 0).toArray()
            : values.numbers();
    return new Detect(kind, options, numbers);
  }

  /**
   * A judgement of answers: {@code actual}, {@code predicted}, {@code scores}, and optionally
   * {@code task}, {@code positive}, {@code baseline} with {@code right} and {@code rows}. Without a
   * task, numbers that are not whole make a regression, and answers without truth are estimated.
   *
   * @throws IllegalArgumentException naming the field
   */
  public static Perform perform(byte[] json) {
    var request = new Performance();
    new RequestReader()
        .field("task", parser -> request.task = RequestReader.text(parser, "task"))
        .field(
            "actual", parser -> request.actual = RequestReader.rows(parser, "actual", MOST_VALUES))
        .field(
            "predicted",
            parser -> request.predicted = RequestReader.rows(parser, "predicted", MOST_VALUES))
        .field(
            "scores", parser -> request.scores = RequestReader.rows(parser, "scores", MOST_VALUES))
        .field(
            "positive",
            parser -> {
              if (!parser.currentToken().isScalarValue()
                  || parser.currentToken() == JsonToken.VALUE_NULL) {
                throw new BadInput("positive: expected the name of a class");
              }
              request.positive = Optional.of(parser.getText());
            })
        .field(
            "baseline",
            parser -> {
              if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new BadInput("baseline: expected an object with right and rows");
              }
              new RequestReader()
                  .field(
                      "right",
                      inner -> request.right = RequestReader.whole(inner, "right", 0, 1L << 50))
                  .field(
                      "rows",
                      inner -> request.rows = RequestReader.whole(inner, "rows", 1, 1L << 50))
                  .object(parser);
            })
        .read(json);
    return request.build();
  }

  private static final class Performance {
    private String task = "";
    private Rows actual = Rows.none("actual");
    private Rows predicted = Rows.none("predicted");
    private Rows scores = Rows.none("scores");
    private Optional<String> positive = Optional.empty();
    private long right = -1;
    private long rows;

    Perform build() {
      if (right > rows) {
        throw BadInput.of("baseline.right", String.valueOf(right), "at most rows, " + rows);
      }
      Optional<Perform.Baseline> baseline =
          right >= 0 && rows > 0
              ? Optional.of(new Perform.Baseline(right, rows))
              : Optional.empty();
      return new Perform(task(), actual, predicted, scores.numbers(), positive, baseline);
    }

    private Perform.Task task() {
      if (!task.isEmpty()) {
        return Arrays.stream(Perform.Task.values())
            .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(task))
            .findFirst()
            .orElseThrow(
                () ->
                    BadInput.of(
                        "task",
                        "\"" + task + "\"",
                        "one of classification, regression, estimated"));
      }
      boolean noTruth = !actual.isText() && actual.numbers().length == 0;
      if (noTruth && scores.numbers().length > 0) {
        return Perform.Task.ESTIMATED;
      }
      return fractional(actual) || fractional(predicted)
          ? Perform.Task.REGRESSION
          : Perform.Task.CLASSIFICATION;
    }

    private static boolean fractional(Rows rows) {
      return !rows.isText()
          && Arrays.stream(rows.numbers())
              .anyMatch(value -> Double.isFinite(value) && value != Math.rint(value));
    }
  }
}
