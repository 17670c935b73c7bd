package io.tocsin.model.health;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Models;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The health of all watched models. What was measured is kept for some seconds, so that many who
 * look at once cost no more than one; alerts are always those of now. Thread-safe.
 */
public final class HealthBoard {

  private static final Duration FRESH = Duration.ofSeconds(15);

  private final Models models;
  private final AlertView alerts;
  private final Map<String, Measures> measured = new ConcurrentHashMap<>();
  private final Map<String, HealthState> states = new ConcurrentHashMap<>();

  public HealthBoard(Models models, AlertView alerts) {
    this.models = models;
    this.alerts = alerts;
  }

  /** Every model, by name. Computes. */
  public List<ModelHealth> all(Instant now) {
    Map<String, List<Alert>> firing = firing();
    var all = new ArrayList<ModelHealth>();
    for (ModelWatch watch : models.all()) {
      all.add(health(watch, firing, now));
    }
    return all;
  }

  /** One model; empty for one never seen. Computes. */
  public Optional<ModelHealth> find(String model, Instant now) {
    return models.find(model).map(watch -> health(watch, firing(), now));
  }

  /** A number that is another one when a state is; as last computed, it computes nothing. */
  public long stamp() {
    long stamp = 0;
    for (var one : states.entrySet()) {
      stamp += 31L * one.getKey().hashCode() + one.getValue().name().hashCode();
    }
    return stamp;
  }

  private ModelHealth health(ModelWatch watch, Map<String, List<Alert>> firing, Instant now) {
    String name = watch.spec().name();
    Measures known = measured.get(name);
    if (known == null || !fresh(known, watch, now)) {
      known = Measures.read(watch, now);
      measured.put(name, known);
    }
    ModelHealth health = ModelHealth.of(known, firing.getOrDefault(name, List.of()));
    states.put(name, health.state());
    return health;
  }

  private static boolean fresh(Measures known, ModelWatch watch, Instant now) {
    Duration age = Duration.between(known.at(), now);
    return !age.isNegative()
        && age.compareTo(FRESH) < 0
        && known.spec().equals(watch.spec())
        && !(known.versions().isEmpty() && !watch.predictions().isEmpty());
  }

  private Map<String, List<Alert>> firing() {
    return alerts.firing().stream()
        .map(MarkedAlert::alert)
        .filter(alert -> alert.labels().has("model"))
        .collect(Collectors.groupingBy(alert -> alert.labels().get("model")));
  }
}
