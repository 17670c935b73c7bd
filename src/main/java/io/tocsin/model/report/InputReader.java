package io.tocsin.model.report;

import io.tocsin.drift.DriftResult;
import io.tocsin.drift.DriftScore;
import io.tocsin.drift.DriftTest;
import io.tocsin.drift.Guard;
import io.tocsin.model.DriftQuestion;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.Segment;
import io.tocsin.model.Sides;
import io.tocsin.model.Stretch;
import io.tocsin.model.Subject;
import io.tocsin.model.report.ModelReport.Input;
import io.tocsin.model.report.ModelReport.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Compares the subjects of a model at an instant with their reference. */
public final class InputReader {

  private static final double WARNING = 0.1;
  private static final double CRITICAL = 0.2;
  private static final long MIN_REFERENCE = 1000;
  private static final long MIN_CURRENT = 200;
  private static final int ROWS_PER_BIN = 20;

  /** Chance that sampling alone makes any of the inputs drift. */
  private static final double SIGNIFICANCE = 0.001;

  /** Gives the two sides of a subject. */
  private interface Compared {
    Optional<Sides> sides(Subject subject);
  }

  private final ModelWatch watch;
  private final Compared compared;
  private final List<ModelReport> past;
  private final Guard guard;

  private InputReader(ModelWatch watch, List<ModelReport> past, Compared compared) {
    this.watch = watch;
    this.past = past;
    this.compared = compared;
    int looks = Math.max(1, watch.subjects().size());
    this.guard = new Guard(MIN_REFERENCE, MIN_CURRENT, ROWS_PER_BIN, SIGNIFICANCE / looks);
  }

  /**
   * Over all of a local day, or up to now while it goes on. Of a day that is no longer kept, over
   * its last 24 hours or the model's own window at its end, whatever is remembered.
   */
  InputReader(ModelWatch watch, Instant from, Instant to, Instant now, List<ModelReport> past) {
    this(
        watch,
        past,
        subject ->
            watch
                .ofDay(subject, from, to, now)
                .or(() -> sides(watch, subject, window(watch, to), to)));
  }

  /** Over the model's own window that ends at an instant; worst first, without trends. */
  public static List<Input> latest(ModelWatch watch, Instant at) {
    Duration window = watch.spec().window();
    return new InputReader(watch, List.of(), subject -> sides(watch, subject, window, at)).inputs();
  }

  /** Worst first. */
  List<Input> inputs() {
    return watch.subjects().stream()
        .map(this::input)
        .sorted(
            Comparator.comparingDouble((Input it) -> -it.score().orElse(-1))
                .thenComparing(Input::name))
        .toList();
  }

  /** The two sides of a subject; empty for one never seen. */
  Optional<Sides> sides(Subject subject) {
    return compared.sides(subject);
  }

  private static Duration window(ModelWatch watch, Instant at) {
    Duration day = Duration.ofDays(1);
    return watch.keptSince(day, at).isAfter(at) ? watch.spec().window() : day;
  }

  private static Optional<Sides> sides(
      ModelWatch watch, Subject subject, Duration window, Instant at) {
    ModelSpec spec = watch.spec();
    ReferenceSource reference =
        spec.reference() instanceof ReferenceSource.Trailing(var length, var offset)
            ? new ReferenceSource.Trailing(length, offset.compareTo(window) < 0 ? window : offset)
            : spec.reference();
    return watch.sides(
        new DriftQuestion(spec.name(), subject, DriftTest.PSI, window, reference, 1, Segment.ALL),
        at);
  }

  private static String name(Subject subject) {
    return subject.feature().isEmpty() ? subject.kind() : subject.feature();
  }

  private Input input(Subject subject) {
    String name = name(subject);
    return compared
        .sides(subject)
        .map(sides -> input(name, sides))
        .orElseGet(() -> without(name, "no rows"));
  }

  private static Input without(String name, String why) {
    return new Input(
        name,
        OptionalDouble.empty(),
        0,
        State.INSUFFICIENT_DATA,
        OptionalDouble.empty(),
        0,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        State.INSUFFICIENT_DATA,
        why);
  }

  private Input input(String name, Sides sides) {
    DriftResult result = DriftTest.PSI.compare(sides.reference(), sides.window(), guard);
    Stretch now = sides.now();
    State quality = quality(sides);
    String words =
        String.format(
            Locale.ROOT,
            "missing %.2f %%, unseen %.2f %%, out of range %.2f %%",
            100 * now.missingRatio().orElse(0),
            100 * now.unseenRatio().orElse(0),
            100 * now.outsideRatio().orElse(0));
    boolean scored = result instanceof DriftScore;
    double score = result instanceof DriftScore it ? it.statistic() : Double.NaN;
    return new Input(
        name,
        scored ? OptionalDouble.of(score) : OptionalDouble.empty(),
        result instanceof DriftScore it ? it.floor() : 0,
        state(result),
        scored ? trend(name, score) : OptionalDouble.empty(),
        now.rows(),
        now.missingRatio(),
        now.unseenRatio(),
        now.outsideRatio(),
        quality,
        why(result) + words);
  }

  private static String why(DriftResult result) {
    return switch (result) {
      case DriftScore ignored -> "";
      case DriftResult.NoData(long reference, long current) ->
          reference == 0 ? "no reference; " : "no rows; ";
      case DriftResult.TooFewSamples few ->
          "%d rows (%d needed), reference %d (%d needed); "
              .formatted(
                  few.current(), few.neededCurrent(), few.reference(), few.neededReference());
      case DriftResult.Unsuitable(String reason) -> reason + "; ";
    };
  }

  private static State state(DriftResult result) {
    if (!(result instanceof DriftScore score)) {
      return State.INSUFFICIENT_DATA;
    }
    if (!score.aboveNoise() || score.statistic() < WARNING) {
      return State.QUIET;
    }
    return score.statistic() < CRITICAL ? State.WARNING : State.CRITICAL;
  }

  /** Missing beyond the reference by max(3 sd, 1 point) or 5 points; unseen 0.1 % or 1 %. */
  private static State quality(Sides sides) {
    Stretch now = sides.now();
    long rows = now.rows() + now.missing();
    if (rows < MIN_CURRENT) {
      return State.INSUFFICIENT_DATA;
    }
    double before = sides.before().missingRatio().orElse(0);
    double sd = Math.sqrt(before * (1 - before) / rows);
    State missing = level(now.missingRatio().orElse(0) - before, Math.max(3 * sd, 0.01), 0.05);
    State unseen = level(now.unseenRatio().orElse(0), 0.001, 0.01);
    State outside =
        level(now.outsideRatio().orElse(0) - sides.before().outsideRatio().orElse(0), 0.01, 0.05);
    return worst(missing, worst(unseen, outside));
  }

  private static State level(double share, double warning, double critical) {
    if (share > Math.max(warning, critical)) {
      return State.CRITICAL;
    }
    return share > warning ? State.WARNING : State.QUIET;
  }

  private static State worst(State a, State b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private OptionalDouble trend(String name, double score) {
    OptionalDouble mean =
        past.stream()
            .flatMap(report -> report.inputs().stream())
            .filter(input -> input.name().equals(name) && input.score().isPresent())
            .mapToDouble(input -> input.score().getAsDouble())
            .average();
    return mean.isPresent() ? OptionalDouble.of(score - mean.getAsDouble()) : mean;
  }
}
