package io.tocsin.rule.drift;

import io.tocsin.label.Labels;
import io.tocsin.model.Segment;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whose predictions are looked at.
 *
 * @param model the model's name, or {@link #ANY} for each that is known
 * @param version one version only; all together when absent
 * @param slice labels a prediction must carry
 */
public record Target(String model, Optional<String> version, Map<String, String> slice) {

  /** In a rule: every known model, each judged by itself. */
  public static final String ANY = "*";

  public Target {
    slice = Map.copyOf(slice);
  }

  /** All predictions of a model. */
  public static Target of(String model) {
    return new Target(model, Optional.empty(), Map.of());
  }

  /** The same version and slice of another model. */
  public Target at(String other) {
    return new Target(other, version, slice);
  }

  /** Whether it stands for every model. */
  public boolean any() {
    return model.equals(ANY);
  }

  /** The rows of the model that it is about. */
  public Segment segment() {
    return slice.entrySet().stream()
        .findFirst()
        .map(one -> Segment.slice(one.getKey(), one.getValue()))
        .orElseGet(() -> version.map(Segment::version).orElse(Segment.ALL));
  }

  /** As labels: {@code model}, {@code version} where one is named, and those of the slice. */
  public Labels labels() {
    var labels = new TreeMap<>(slice);
    labels.put("model", model);
    version.ifPresent(one -> labels.put("version", one));
    return Labels.from(labels);
  }

  /** In words: {@code ranker v3 (region=eu)}. */
  public String words() {
    return model
        + version.map(one -> " " + one).orElse("")
        + (slice.isEmpty() ? "" : " " + new TreeMap<>(slice));
  }
}
