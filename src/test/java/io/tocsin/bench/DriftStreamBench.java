package io.tocsin.bench;

import io.tocsin.drift.option.Options;
import io.tocsin.drift.stream.ChangeDetector;
import io.tocsin.drift.stream.Detector;
import io.tocsin.drift.stream.Scorecard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Delay and false alarms of every detector on streams whose drifts are known: error bits
 * (stationary, abrupt, gradual), and a naive Bayes learner that starts afresh at each alarm.
 * Arguments: seeds of the bits (default 60), seeds of the learner (default 3).
 */
public final class DriftStreamBench {

  private static final int AFTER = 5000;
  private static final int GRADUAL_AT = 1000;
  private static final int LEARNT_ROWS = 40_000;
  private static final int LEARNT_CONCEPT = 10_000;
  private static final int LATE = 1000;

  /** Rates before and after, and the index of the change. */
  record Jump(double before, double after, int at) {}

  /** The larger a change, the younger the stream may be that meets it. */
  private static final List<Jump> JUMPS =
      List.of(
          new Jump(.2, .8, 1000),
          new Jump(.1, .2, 2000),
          new Jump(.2, .3, 2000),
          new Jump(.05, .10, 4000));

  private DriftStreamBench() {}

  public static void main(String[] arguments) {
    int bitSeeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    int learnerSeeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    System.out.println(bits(detectors(), bitSeeds));
    System.out.println(learner(detectors(), learnerSeeds));
  }

  /** The detectors of the table, by the name printed. */
  static Map<String, Supplier<Detector>> detectors() {
    var detectors = new LinkedHashMap<String, Supplier<Detector>>();
    put(detectors, "ADWIN 32", ChangeDetector.ADWIN, Map.of());
    put(detectors, "ADWIN 1", ChangeDetector.ADWIN, Map.of("clock", "1"));
    put(detectors, "GLR", ChangeDetector.GLR, Map.of());
    put(detectors, "ADWIN or GLR", ChangeDetector.ADWIN_GLR, Map.of());
    put(detectors, "DDM", ChangeDetector.DDM, Map.of());
    put(detectors, "RDDM", ChangeDetector.RDDM, Map.of());
    put(detectors, "EDDM", ChangeDetector.EDDM, Map.of());
    put(detectors, "HDDM_A", ChangeDetector.HDDM_A, Map.of());
    put(detectors, "HDDM_W", ChangeDetector.HDDM_W, Map.of());
    put(detectors, "PH 50", ChangeDetector.PAGE_HINKLEY, Map.of());
    put(detectors, "PH 10", ChangeDetector.PAGE_HINKLEY, Map.of("lambda", "10"));
    put(detectors, "CUSUM 50", ChangeDetector.CUSUM, Map.of());
    put(detectors, "EWMA", ChangeDetector.EWMA, Map.of());
    put(detectors, "STEPD", ChangeDetector.STEPD, Map.of());
    put(detectors, "KSWIN", ChangeDetector.KSWIN, Map.of());
    return detectors;
  }

  private static void put(
      Map<String, Supplier<Detector>> detectors,
      String name,
      ChangeDetector kind,
      Map<String, String> parameters) {
    Options options = Options.of(kind.parameters(), parameters);
    detectors.put(name, () -> kind.start(options));
  }

  /** What a detector did on abrupt changes of one size. */
  record Abrupt(double medianDelay, double found, double falsePer10k) {}

  static Abrupt abrupt(Supplier<Detector> kind, Jump jump, int seeds) {
    int at = jump.at();
    var delays = new ArrayList<Integer>();
    int falseAlarms = 0;
    for (int seed = 0; seed < seeds; seed++) {
      List<Integer> alarms =
          alarms(kind.get(), ErrorBits.abrupt(at + AFTER, at, jump.before(), jump.after(), seed));
      falseAlarms += (int) alarms.stream().filter(alarm -> alarm < at).count();
      alarms.stream()
          .filter(alarm -> alarm >= at)
          .findFirst()
          .ifPresent(alarm -> delays.add(alarm - at));
    }
    return new Abrupt(
        median(delays), (double) delays.size() / seeds, per10k(falseAlarms, seeds * at));
  }

  static double stationaryPer10k(Supplier<Detector> kind, double rate, int seeds) {
    int alarms = 0;
    for (int seed = 0; seed < seeds; seed++) {
      alarms += alarms(kind.get(), ErrorBits.stationary(20_000, rate, 1000 + seed)).size();
    }
    return per10k(alarms, seeds * 20_000);
  }

  private static double per10k(int count, int rows) {
    return count * 10_000.0 / rows;
  }

  private static double gradualDelay(Supplier<Detector> kind, int seeds) {
    double sum = 0;
    int found = 0;
    for (int seed = 0; seed < seeds; seed++) {
      double[] bits = ErrorBits.gradual(GRADUAL_AT + AFTER, GRADUAL_AT, .2, .8, .001, 2000 + seed);
      for (int alarm : alarms(kind.get(), bits)) {
        if (alarm >= GRADUAL_AT) {
          sum += alarm - GRADUAL_AT;
          found++;
          break;
        }
      }
    }
    return sum / found;
  }

  private static List<Integer> alarms(Detector detector, double[] stream) {
    var alarms = new ArrayList<Integer>();
    for (int i = 0; i < stream.length; i++) {
      if (detector.add(stream[i]) == Detector.State.DRIFT) {
        alarms.add(i);
      }
    }
    return alarms;
  }

  private static double median(List<Integer> values) {
    int[] sorted = values.stream().mapToInt(Integer::intValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length == 0
        ? Double.NaN
        : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2.0;
  }

  private static String bits(Map<String, Supplier<Detector>> detectors, int seeds) {
    var table = new StringBuilder();
    table.append(
        """
        Error bits: A0 stationary (20,000 bits, 10 seeds), A1 abrupt (median delay, [share \
        found] below 1), A2 gradual .2 to .8 by .001 a step from 1000 on (mean delay); %d seeds
        | detector | A0 false alarms /10k at .05 / .2 / .5 | .2->.8 at 1000 | .1->.2 at 2000 | \
        .2->.3 at 2000 | .05->.10 at 4000 | A1 false /10k | A2 |
        |---|---|---|---|---|---|---|---|
        """
            .formatted(seeds));
    detectors.forEach(
        (name, kind) -> {
          table.append("| ").append(name).append(" |");
          for (double rate : new double[] {.05, .2, .5}) {
            table.append(number(stationaryPer10k(kind, rate, 10))).append(rate < .5 ? " /" : " |");
          }
          double most = 0;
          for (Jump jump : JUMPS) {
            Abrupt found = abrupt(kind, jump, seeds);
            most = Math.max(most, found.falsePer10k());
            table.append(number(found.medianDelay()));
            table.append(found.found() < 1 ? " [" + number(found.found()).strip() + "] |" : " |");
          }
          table.append(number(most)).append(" |");
          table.append(number(gradualDelay(kind, seeds))).append(" |\n");
        });
    return table.toString();
  }

  private static String number(double value) {
    return " "
        + (Double.isNaN(value)
            ? "none"
            : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value));
  }

  /**
   * What a detector and a learner did on one stream: drifts found, delay, false alarms, accuracy.
   */
  record Learnt(int found, int drifts, double delay, double falsePer10k, double accuracy) {}

  static Learnt learn(Concept concept, Supplier<Detector> kind, int seeds) {
    int found = 0;
    int drifts = 0;
    double delays = 0;
    int falseAlarms = 0;
    long right = 0;
    for (int seed = 0; seed < seeds; seed++) {
      var random = new SplittableRandom(3000 + seed);
      var learner = new NaiveBayes(concept);
      Detector detector = kind.get();
      var alarms = new ArrayList<Integer>();
      for (int i = 0; i < LEARNT_ROWS; i++) {
        Concept.Row row = concept.row(random, i / LEARNT_CONCEPT);
        boolean error = learner.predict(row) != row.label();
        right += error ? 0 : 1;
        if (detector.add(error ? 1 : 0) == Detector.State.DRIFT) {
          alarms.add(i);
          learner.forget();
        }
        learner.learn(row);
      }
      Scorecard card =
          Scorecard.of(
              alarms,
              IntStream.range(1, LEARNT_ROWS / LEARNT_CONCEPT)
                  .mapToObj(k -> Scorecard.Drift.at(k * LEARNT_CONCEPT))
                  .toList(),
              LATE,
              0);
      found += card.found();
      drifts += card.drifts();
      delays += card.found() == 0 ? 0 : card.delay() * card.found();
      falseAlarms += card.falseAlarms().size();
    }
    return new Learnt(
        found,
        drifts,
        delays / found,
        per10k(falseAlarms, seeds * LEARNT_ROWS),
        (double) right / seeds / LEARNT_ROWS);
  }

  private static String learner(Map<String, Supplier<Detector>> detectors, int seeds) {
    var table = new StringBuilder();
    table.append(
        """
        Naive Bayes that starts afresh at each alarm: %,d rows, drifts every %,d, %d seeds, a hit \
        within %,d: found, mean delay, false alarms /10k, accuracy
        | detector | %s |
        |---|%s
        """
            .formatted(
                LEARNT_ROWS,
                LEARNT_CONCEPT,
                seeds,
                LATE,
                String.join(" | ", Arrays.stream(Concept.values()).map(Enum::name).toList()),
                "---|".repeat(Concept.values().length)));
    detectors.forEach(
        (name, kind) -> {
          table.append("| ").append(name).append(" |");
          for (Concept concept : Concept.values()) {
            Learnt learnt = learn(concept, kind, seeds);
            table.append(
                String.format(
                    Locale.ROOT,
                    " %d/%d, %s, %s, %.1f %% |",
                    learnt.found(),
                    learnt.drifts(),
                    number(learnt.delay()).strip(),
                    number(learnt.falsePer10k()).strip(),
                    learnt.accuracy() * 100));
          }
          table.append('\n');
        });
    return table.toString();
  }
}
