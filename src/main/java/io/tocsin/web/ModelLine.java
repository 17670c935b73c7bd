package io.tocsin.web;

import io.tocsin.model.health.Measures;
import io.tocsin.model.health.ModelHealth;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ModelReport.Input;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model as the console lists it.
 *
 * @param report the newest kept one
 */
public record ModelLine(ModelHealth health, Optional<ModelReport> report) {

  private static final String NONE = "-";

  /** Its page. */
  public String path() {
    return path(health.model());
  }

  /** The page of a model. */
  public static String path(String model) {
    return "/models/" + Address.encoded(model);
  }

  private Measures measures() {
    return health.measures();
  }

  /** Its versions, the one with most predictions first, as many as there is room for. */
  public String versions() {
    var versions =
        measures().versions().entrySet().stream()
            .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
            .map(entry -> entry.getKey().isEmpty() ? "no version" : entry.getKey())
            .toList();
    String first = String.join(", ", versions.subList(0, Math.min(3, versions.size())));
    return versions.size() > 3 ? first + " and " + (versions.size() - 3) + " more" : first;
  }

  /** Predictions a minute. */
  public String perMinute() {
    double rate = measures().perMinute();
    return String.format(Locale.ENGLISH, rate < 10 && rate > 0 ? "%.1f" : "%,.0f", rate);
  }

  /** Accuracy as percent, or the error of numbers. */
  public String accuracy() {
    if (!measures().classes()) {
      return measures().judged().numbers().rootMeanSquaredError().isPresent()
          ? "RMSE "
              + Times.figure(measures().judged().numbers().rootMeanSquaredError().getAsDouble())
          : NONE;
    }
    return percent(measures().judged().accuracy());
  }

  /** What it is held against. */
  public String target() {
    return measures().classes()
        ? "of " + percent(OptionalDouble.of(measures().spec().targets().accuracy()))
        : "";
  }

  /** 95 % of its answers are faster. */
  public String latency() {
    OptionalDouble p95 = measures().latency().p95();
    return p95.isPresent() ? Times.millis(p95.getAsDouble()) : NONE;
  }

  /** What moved furthest. */
  public Optional<Input> top() {
    return measures().top();
  }

  /** A score of an input. */
  public static String score(Input input) {
    return input.score().isPresent()
        ? String.format(Locale.ROOT, "%.3f", input.score().getAsDouble())
        : NONE;
  }

  /** Share of values that the reference does not have: categories, or numbers out of range. */
  public static String fresh(Input input) {
    return input.unseen().orElse(0) > 0 ? fine(input.unseen()) : fine(input.outside());
  }

  /** How late the truth comes. */
  public String delay() {
    OptionalDouble seconds = measures().judged().delayMeanSeconds();
    return seconds.isPresent() ? span(seconds.getAsDouble()) : NONE;
  }

  /** A length of time in seconds, in words. */
  public static String span(double seconds) {
    return Times.span(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** A share as percent; a dash where there is none. */
  public static String percent(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.1f %%", 100 * share.getAsDouble())
        : NONE;
  }

  /** A small share as percent; a dash where there is none. */
  public static String fine(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.2f %%", 100 * share.getAsDouble())
        : NONE;
  }
}
