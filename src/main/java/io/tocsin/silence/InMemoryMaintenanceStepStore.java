package io.tocsin.silence;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was told, in memory.
 *
 * @param works the planned work that it is told of
 * @param told by work and kind
 */
public record InMemoryMaintenanceStepStore(
    MaintenanceStore works, Map<List<Object>, MaintenanceStep> told)
    implements MaintenanceStepStore {

  /** Nothing is told yet. */
  public InMemoryMaintenanceStepStore(MaintenanceStore works) {
    this(works, new LinkedHashMap<>());
  }

  @Override
  public synchronized List<MaintenanceStep> endingAfter(Instant instant) {
    List<String> ids = works.endingAfter(instant).stream().map(Maintenance::id).toList();
    return told.values().stream()
        .filter(step -> ids.contains(step.maintenance()))
        .sorted(Comparator.comparing(MaintenanceStep::at).thenComparing(MaintenanceStep::kind))
        .toList();
  }

  @Override
  public synchronized boolean tell(MaintenanceStep step) {
    boolean planned =
        works.endingAfter(Instant.MIN).stream().anyMatch(it -> it.id().equals(step.maintenance()));
    return planned && told.putIfAbsent(List.of(step.maintenance(), step.kind()), step) == null;
  }
}
