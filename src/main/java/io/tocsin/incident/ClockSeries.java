package io.tocsin.incident;

import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;

/** The running clocks as a series: seconds left, negative after the target was missed. */
public final class ClockSeries {

  /** Its name. */
  public static final String NAME = "incident_clock_remaining_seconds";

  private ClockSeries() {}

  /** One sample for each running clock. */
  public static SampleBatch at(Instant now, Collection<Incident> open) {
    var samples = SampleBatch.builder();
    for (Incident incident : open) {
      for (ClockState state : incident.clocks()) {
        if (state.running()) {
          samples.add(
              labels(incident, state), now.toEpochMilli(), state.left(now).toMillis() / 1e3);
        }
      }
    }
    return samples.build();
  }

  private static Labels labels(Incident incident, ClockState state) {
    return Labels.of(
        Labels.NAME,
        NAME,
        "incident",
        incident.id().value(),
        "severity",
        incident.severity().label(),
        "clock",
        state.clock().name().toLowerCase(Locale.ROOT));
  }
}
