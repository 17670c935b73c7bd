package io.tocsin.model.health;

import io.tocsin.model.Judged;
import io.tocsin.model.Latency;
import io.tocsin.model.ModelSpec;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Segment;
import io.tocsin.model.report.InputReader;
import io.tocsin.model.report.ModelReport.Input;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model's health is judged by.
 *
 * @param versions predictions since the beginning, by version
 * @param predictions rows of the model's window
 * @param perMinute predictions a minute, mean of the last five whole ones
 * @param judged how predictions of the accuracy window turned out
 * @param latency of the model's window
 * @param inputs inputs, answers and confidence against their reference over the model's window,
 *     worst first
 */
public record Measures(
    ModelSpec spec,
    Instant at,
    Map<String, Long> versions,
    long predictions,
    double perMinute,
    Judged judged,
    Latency latency,
    List<Input> inputs) {

  private static final int MINUTES = 5;

  public Measures {
    versions = new TreeMap<>(versions);
    inputs = List.copyOf(inputs);
  }

  /** Reads them from what a model remembers. */
  public static Measures read(ModelWatch watch, Instant now) {
    ModelSpec spec = watch.spec();
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    // The minute under way ends after now, and its rows are to be seen at once.
    Instant end = minute.plus(Duration.ofMinutes(1));
    return new Measures(
        spec,
        now,
        watch.predictions(),
        watch.judged(Segment.ALL, now.minus(spec.window()), end).predictions(),
        (double) watch.judged(Segment.ALL, minute.minusSeconds(60L * MINUTES), minute).predictions()
            / MINUTES,
        watch.judged(Segment.ALL, now.minus(spec.accuracyWindow()), end),
        watch.latency(now),
        InputReader.latest(watch, now));
  }

  /** Whether most answers that were judged are classes, so that accuracy says something. */
  public boolean classes() {
    long told =
        judged.confusion().values().stream()
            .flatMap(answers -> answers.values().stream())
            .mapToLong(Long::longValue)
            .sum();
    return judged.numbers().count() == 0 || 2 * told >= judged.judged();
  }

  /** The input that moved furthest from its reference. */
  public Optional<Input> top() {
    return inputs.stream().filter(input -> input.score().isPresent()).findFirst();
  }
}
