package io.tocsin.web;

import com.google.re2j.Pattern;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the scores of inputs went within the last day, as drift rules measured them. */
final class ModelSparks {

  private static final Duration LENGTH = Duration.ofHours(24);

  private final SeriesReader reader;

  ModelSparks(SeriesReader reader) {
    this.reader = reader;
  }

  /** A drawing for each input that has at least two scores, by name. */
  Map<String, String> of(String model, List<String> inputs, Instant now) {
    var drawings = new HashMap<String, String>();
    scores(model, inputs, now)
        .forEach(
            (name, points) -> {
              if (points.size() > 1) {
                drawings.put(name, Sparkline.draw(points, label(points)));
              }
            });
    return drawings;
  }

  /** The scores of one input; empty when no rule measured it. */
  Optional<SeriesPoints> one(String model, String input, Instant now) {
    return Optional.ofNullable(scores(model, List.of(input), now).get(input));
  }

  private Map<String, SeriesPoints> scores(String model, List<String> inputs, Instant now) {
    if (inputs.isEmpty()) {
      return Map.of();
    }
    var matchers = new ArrayList<Matcher>();
    matchers.add(Matcher.equal(Labels.NAME, "model_drift_score"));
    matchers.add(Matcher.equal("model", model));
    matchers.add(Matcher.equal("method", "psi"));
    matchers.add(
        Matcher.of(
            "feature",
            Matcher.Op.REGEX,
            inputs.stream().map(Pattern::quote).collect(Collectors.joining("|"))));
    var scores = new HashMap<String, SeriesPoints>();
    long to = now.toEpochMilli();
    for (SeriesPoints one : reader.select(matchers, to - LENGTH.toMillis(), to)) {
      // A version or a slice has scores of its own: the whole model comes first.
      boolean whole = !one.labels().has("version");
      if (whole || !scores.containsKey(one.labels().get("feature"))) {
        scores.put(one.labels().get("feature"), one);
      }
    }
    return scores;
  }

  private static String label(SeriesPoints points) {
    return "PSI of the last day, from %s to %s"
        .formatted(
            Times.figure(points.values()[0]), Times.figure(points.values()[points.size() - 1]));
  }
}
