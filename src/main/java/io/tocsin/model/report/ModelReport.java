package io.tocsin.model.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model's day. The same history makes the same report.
 *
 * @param model its name
 * @param day the day reported on
 * @param zone name of the zone the day is one of, such as Europe/Berlin
 * @param madeAt when it was written
 * @param from begin of the day
 * @param to end of what is reported: of the day, or now while it goes on
 * @param predictions rows of the day
 * @param week the seven days that end with it
 * @param month the thirty days that end with it
 * @param days accuracy of each of the thirty days, oldest first
 * @param confidence how sure the model was
 * @param importance newest importances against the first kept; empty with fewer than two
 * @param compared the stretches the inputs are compared over; empty before the first row, and in
 *     reports of older versions
 * @param inputs inputs and answers against their reference, worst first
 * @param labels how late the truth comes
 * @param alerts what drift rules found on the day
 * @param versions the two versions with most judged rows, and whether they differ
 * @param retraining what to do
 */
public record ModelReport(
    String model,
    LocalDate day,
    String zone,
    Instant madeAt,
    Instant from,
    Instant to,
    long predictions,
    Period week,
    Period month,
    List<Share> days,
    Confidence confidence,
    Optional<ImportanceMoves> importance,
    Optional<Compared> compared,
    List<Input> inputs,
    Labels labels,
    List<Alarm> alerts,
    Optional<Versions> versions,
    Retraining retraining) {

  public ModelReport {
    // What was kept by an older version knows nothing of these.
    zone = Objects.requireNonNullElse(zone, "UTC");
    madeAt = Objects.requireNonNullElse(madeAt, to);
    compared = Objects.requireNonNullElse(compared, Optional.empty());
    days = List.copyOf(days);
    inputs = List.copyOf(inputs);
    alerts = List.copyOf(alerts);
  }

  /**
   * Which rows the inputs are compared over: those of the whole day, or of less where the day was
   * no longer kept.
   *
   * @param referenceFrom begin of what they are compared with; the epoch for a frozen baseline
   * @param referenceTo its end; when a baseline was frozen, the epoch without one
   */
  public record Compared(Instant from, Instant to, Instant referenceFrom, Instant referenceTo) {}

  /** Whether the inputs are compared over all that is reported. */
  public boolean comparedWhole() {
    return compared.map(it -> it.from().equals(from) && it.to().equals(to)).orElse(false);
  }

  /** Whether the day was over when it was written. */
  public boolean whole() {
    return !to.isBefore(day.plusDays(1).atStartOfDay(ZoneId.of(zone)).toInstant());
  }

  /**
   * Right answers among judged ones, with Wilson's 95 % interval.
   *
   * @param day the day, or the last one of a period
   * @param accuracy ratio 0-1; empty without judged rows, as are its bounds
   */
  public record Share(
      LocalDate day,
      long judged,
      long right,
      OptionalDouble accuracy,
      OptionalDouble low,
      OptionalDouble high) {}

  /**
   * Some days together.
   *
   * @param trend of the days' accuracy
   * @param errors of numeric answers; empty for models that answer with classes
   */
  public record Period(Share share, Optional<Trend> trend, Optional<Errors> errors) {
    public Period {
      errors = Objects.requireNonNullElse(errors, Optional.empty());
    }
  }

  /**
   * How far numeric answers were from the truth, in their own unit.
   *
   * @param rows judged rows
   * @param absolute mean size of the error
   * @param rootMeanSquare root of the mean squared error
   * @param r2 share of the truths' spread that is explained; empty where they do not differ
   */
  public record Errors(long rows, double absolute, double rootMeanSquare, OptionalDouble r2) {}

  /**
   * Confidence of the day.
   *
   * @param rows that carry one
   * @param mean ratio 0-1
   * @param sd population standard deviation
   * @param bins judged rows of the week by confidence
   * @param spread rows of the day by confidence, lowest first, empty bands left out
   */
  public record Confidence(
      long rows, OptionalDouble mean, OptionalDouble sd, List<Bin> bins, List<Band> spread) {
    public Confidence {
      bins = List.copyOf(bins);
      spread = List.copyOf(Objects.requireNonNullElse(spread, List.<Band>of()));
    }
  }

  /** Rows with a confidence above {@code low} and up to {@code high}; the first from 0 on. */
  public record Band(double low, double high, long rows) {}

  /** Judged rows with a confidence from {@code low} on, up to the next class. */
  public record Bin(double low, long rows, long right) {}

  /**
   * How the order of the inputs moved.
   *
   * @param ndcg 1 when the order is the same
   * @param moves places climbed, negative when fallen; inputs that stayed are left out
   */
  public record ImportanceMoves(
      Instant before, Instant now, double ndcg, Map<String, Integer> moves) {}

  /** What an input came to. */
  public enum State {
    QUIET,
    WARNING,
    CRITICAL,
    INSUFFICIENT_DATA
  }

  /**
   * An input, the answers, or the confidence, against their reference.
   *
   * @param score population stability index; empty when it cannot be told
   * @param floor what sampling alone reaches of any input in 1 of 1000 windows
   * @param trend change of the score from the mean of the reports before, at most seven
   * @param quality worst of missing, unseen and outside against the reference
   * @param why in words
   */
  public record Input(
      String name,
      OptionalDouble score,
      double floor,
      State state,
      OptionalDouble trend,
      long rows,
      OptionalDouble missing,
      OptionalDouble unseen,
      OptionalDouble outside,
      State quality,
      String why) {}

  /**
   * Labels of the week.
   *
   * @param joinable predictions that wait for a truth
   * @param known of those, whose truth came
   * @param delaySeconds mean time until it came
   */
  public record Labels(long joinable, long known, OptionalDouble delaySeconds) {}

  /** An alert of a drift rule. */
  public record Alarm(Instant at, String name, String kind, String level, String words) {}

  /**
   * Champion, which has most judged rows of the month, and challenger, which has the next most.
   *
   * @param test the test used
   * @param z its statistic
   * @param p two-sided
   * @param words the outcome
   */
  public record Versions(
      String champion,
      Share first,
      String challenger,
      Share second,
      String test,
      double z,
      double p,
      String words) {}
}
