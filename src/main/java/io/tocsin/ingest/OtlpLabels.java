package io.tocsin.ingest;

import io.tocsin.ingest.Refused.Reason;
import io.tocsin.label.Labels;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The labels of what one resource reports, and the series {@code target_info} about itself. */
final class OtlpLabels {
  private static final String SERVICE = "service.name";
  private static final String NAMESPACE = "service.namespace";
  private static final String INSTANCE = "service.instance.id";
  private static final String TARGET_INFO = "target_info";

  private final Collected collected;
  private final Supplier<String> where;
  private final LabelSet set;
  private final SortedMap<String, String> resource;
  private final Map<String, String> identity = new TreeMap<>();
  private final Map<String, String> promoted;

  /**
   * @param resource the attributes of the resource, by key
   */
  OtlpLabels(
      Format.Intake intake,
      Collected collected,
      Supplier<String> where,
      SortedMap<String, String> resource) {
    this.collected = collected;
    this.where = where;
    this.set = new LabelSet(intake);
    this.resource = resource;
    String service = resource.getOrDefault(SERVICE, "");
    String namespace = resource.getOrDefault(NAMESPACE, "");
    if (!service.isEmpty()) {
      identity.put("job", namespace.isEmpty() ? service : namespace + "/" + service);
    }
    identity.put("instance", resource.getOrDefault(INSTANCE, ""));
    identity.values().removeIf(String::isEmpty);
    var chosen = new TreeMap<>(resource);
    chosen.keySet().retainAll(intake.otlp().promoted());
    this.promoted = labelled(chosen);
  }

  /** Attributes as labels; values of keys that become one name are joined by a semicolon. */
  private static Map<String, String> labelled(SortedMap<String, String> attributes) {
    var labels = new TreeMap<String, String>();
    attributes.forEach(
        (key, value) -> {
          String name = OtlpNames.label(key);
          if (!name.isEmpty()) {
            labels.merge(name, value, (one, other) -> one + ";" + other);
          }
        });
    return labels;
  }

  /** What every series of a point has in common. */
  Map<String, String> of(SortedMap<String, String> attributes) {
    Map<String, String> labels = labelled(attributes);
    promoted.forEach(labels::putIfAbsent);
    labels.putAll(identity);
    return labels;
  }

  /** A series; empty when its labels break a rule, which is then counted. */
  Optional<Labels> series(String name, Map<String, String> labels, String label, String value) {
    set.clear();
    set.add(Labels.NAME, name);
    labels.forEach(
        (key, text) -> {
          if (!key.equals(label) && !key.equals(Labels.NAME)) {
            set.add(key, text);
          }
        });
    if (!label.isEmpty()) {
      set.add(label, value);
    }
    try {
      return Optional.of(set.build(where));
    } catch (MalformedInput e) {
      if (!e.isAboutLabels()) {
        throw e;
      }
      collected.refuse(Reason.LABELS, 1, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** {@code target_info} with what identifies the resource and everything else it says. */
  void describeTarget(OptionalLong timestamp) {
    var rest = new TreeMap<>(resource);
    rest.keySet()
        .removeIf(key -> key.equals(SERVICE) || key.equals(NAMESPACE) || key.equals(INSTANCE));
    if (timestamp.isEmpty() || identity.isEmpty() || rest.isEmpty()) {
      return;
    }
    Map<String, String> labels = labelled(rest);
    labels.putAll(identity);
    series(TARGET_INFO, labels, "", "")
        .ifPresent(series -> collected.add(series, timestamp.getAsLong(), 1, where));
    collected.describe(TARGET_INFO, new Description("gauge", "Target metadata", ""));
  }
}
