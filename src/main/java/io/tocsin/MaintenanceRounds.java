package io.tocsin;

import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceStep;
import io.tocsin.silence.MaintenanceStepStore;
import io.tocsin.silence.MaintenanceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes planned work through its steps as time passes: announced, recalled, started, over. Each is
 * told once, also by many nodes and across restarts.
 *
 * @param works planned work
 * @param steps what was told
 * @param before how long before its start work is recalled
 * @param told who hears of a step; the place for deliveries to subscribers
 */
record MaintenanceRounds(
    MaintenanceStore works,
    MaintenanceStepStore steps,
    Supplier<Duration> before,
    BiConsumer<Maintenance, MaintenanceStep> told) {

  private static final Logger log = LoggerFactory.getLogger(MaintenanceRounds.class);

  /** Work that ended longer ago is not told of any more. */
  private static final Duration LATE = Duration.ofDays(1);

  /** Tells what is due. Blocks. */
  void round(Instant now) {
    Instant since = now.minus(LATE);
    var known =
        steps.endingAfter(since).stream()
            .collect(
                Collectors.groupingBy(
                    MaintenanceStep::maintenance,
                    Collectors.mapping(MaintenanceStep::kind, Collectors.toSet())));
    for (Maintenance planned : works.endingAfter(since)) {
      Set<MaintenanceStep.Kind> kinds = known.getOrDefault(planned.id(), Set.of());
      for (MaintenanceStep step : MaintenanceStep.due(planned, kinds, before.get(), now)) {
        if (steps.tell(step)) {
          log.info("maintenance \"{}\": {}", planned.title(), step.kind());
          told.accept(planned, step);
        }
      }
    }
  }
}
