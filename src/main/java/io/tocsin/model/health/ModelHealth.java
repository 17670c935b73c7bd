package io.tocsin.model.health;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.model.ModelSpec.Targets;
import io.tocsin.model.report.ModelReport.Input;
import io.tocsin.model.report.ModelReport.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How a model is doing, and why. A missed target and an alert of high severity are red; drift,
 * broken data and milder alerts without a loss are yellow; what cannot be told is said so.
 *
 * @param reasons worst first; for a green model what could not be judged, if anything
 */
public record ModelHealth(Measures measures, HealthState state, List<Reason> reasons) {

  /** Judged rows below which accuracy is not held against its target. */
  public static final long MIN_JUDGED = 200;

  private static final int MOST_INPUTS = 3;

  /** Why a model is not green, in words. */
  public record Reason(HealthState state, String words) {}

  public ModelHealth {
    reasons = List.copyOf(reasons);
  }

  /** Judges measures and the alerts of the model that fire. */
  public static ModelHealth of(Measures measures, List<Alert> firing) {
    var reasons = new ArrayList<Reason>();
    firing.stream().map(ModelHealth::alert).forEach(reasons::add);
    if (measures.predictions() == 0) {
      reasons.add(
          new Reason(
              HealthState.UNKNOWN, "no prediction within " + span(measures.spec().window())));
    } else {
      accuracy(measures, reasons);
      latency(measures, reasons);
      inputs(measures.inputs(), reasons);
    }
    reasons.sort(Comparator.comparing(Reason::state));
    return new ModelHealth(measures, state(measures, reasons), reasons);
  }

  /** Its name. */
  public String model() {
    return measures.spec().name();
  }

  /** Nothing known is not green, and one thing unknown does not hide the others. */
  private static HealthState state(Measures measures, List<Reason> reasons) {
    HealthState worst = reasons.isEmpty() ? HealthState.GREEN : reasons.getFirst().state();
    boolean silent = measures.predictions() == 0;
    return worst == HealthState.UNKNOWN && !silent && measured(measures)
        ? HealthState.GREEN
        : worst;
  }

  private static boolean measured(Measures measures) {
    return (measures.classes() && measures.judged().judged() >= MIN_JUDGED)
        || measures.top().isPresent()
        || measures.latency().p95().isPresent();
  }

  private static Reason alert(Alert alert) {
    boolean high = alert.severity() == Severity.CRITICAL || alert.severity() == Severity.HIGH;
    return new Reason(
        high ? HealthState.RED : HealthState.YELLOW,
        alert.spec().alertName() + " fires: " + alert.summary());
  }

  private static void accuracy(Measures measures, List<Reason> reasons) {
    if (!measures.classes()) {
      return;
    }
    long judged = measures.judged().judged();
    if (judged < MIN_JUDGED) {
      reasons.add(
          new Reason(
              HealthState.UNKNOWN,
              "accuracy is not known: %d truths in %s, %d needed"
                  .formatted(judged, span(measures.spec().accuracyWindow()), MIN_JUDGED)));
      return;
    }
    double accuracy = measures.judged().accuracy().orElse(1);
    Targets targets = measures.spec().targets();
    if (accuracy < targets.accuracy()) {
      reasons.add(
          new Reason(
              HealthState.RED,
              "accuracy is %s, target %s"
                  .formatted(percent(accuracy), percent(targets.accuracy()))));
    }
  }

  private static void latency(Measures measures, List<Reason> reasons) {
    OptionalDouble p95 = measures.latency().p95();
    Targets targets = measures.spec().targets();
    if (p95.isEmpty() || p95.getAsDouble() <= millis(targets.latency())) {
      return;
    }
    boolean slow = p95.getAsDouble() > millis(targets.slow());
    reasons.add(
        new Reason(
            slow ? HealthState.RED : HealthState.YELLOW,
            String.format(
                Locale.ROOT,
                "latency p95 is %.0f ms, %s %.0f ms",
                p95.getAsDouble(),
                slow ? "limit" : "target",
                millis(slow ? targets.slow() : targets.latency()))));
  }

  private static void inputs(List<Input> inputs, List<Reason> reasons) {
    List<Input> drifted = inputs.stream().filter(it -> bad(it.state())).toList();
    drifted.stream()
        .limit(MOST_INPUTS)
        .map(
            it ->
                String.format(
                    Locale.ROOT,
                    "%s drifted: PSI %.2f, noise up to %.2f",
                    it.name(),
                    it.score().orElse(0),
                    it.floor()))
        .forEach(words -> reasons.add(new Reason(HealthState.YELLOW, words)));
    more(drifted.size(), "inputs drifted", reasons);
    List<Input> broken = inputs.stream().filter(it -> bad(it.quality())).toList();
    broken.stream()
        .limit(MOST_INPUTS)
        .map(it -> "data of " + it.name() + ": " + faults(it))
        .forEach(words -> reasons.add(new Reason(HealthState.YELLOW, words)));
    more(broken.size(), "inputs have bad data", reasons);
    if (inputs.stream().noneMatch(it -> it.score().isPresent())) {
      reasons.add(
          new Reason(
              HealthState.UNKNOWN,
              "drift is not known: "
                  + inputs.stream()
                      .findFirst()
                      .map(it -> it.why())
                      .orElse("no input has been seen")));
    }
  }

  private static String faults(Input input) {
    var faults = new ArrayList<String>();
    fault(input.missing(), "missing", faults);
    fault(input.unseen(), "in unseen categories", faults);
    fault(input.outside(), "out of range", faults);
    return String.join(", ", faults);
  }

  private static void fault(OptionalDouble share, String what, List<String> faults) {
    if (share.orElse(0) > 0) {
      faults.add(String.format(Locale.ROOT, "%.1f %% %s", 100 * share.orElse(0), what));
    }
  }

  private static void more(int all, String what, List<Reason> reasons) {
    if (all > MOST_INPUTS) {
      reasons.add(new Reason(HealthState.YELLOW, "%d more %s".formatted(all - MOST_INPUTS, what)));
    }
  }

  private static boolean bad(State state) {
    return state == State.WARNING || state == State.CRITICAL;
  }

  private static double millis(Duration length) {
    return length.toNanos() / 1e6;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String span(Duration length) {
    if (length.toSeconds() % 86_400 == 0) {
      return length.toDays() + " d";
    }
    return length.toSeconds() % 3600 == 0
        ? length.toHours() + " h"
        : length.toSeconds() % 60 == 0 ? length.toMinutes() + " min" : length.toSeconds() + " s";
  }
}
